using System.Text.Json.Nodes;
using BatchScoring.Models;
using BatchScoring.Training;

namespace BatchScoring.Tests.Unit.Training;

public sealed class CtrDefinitionTests
{
    [Fact]
    public void Parse_EveryPart_IsRead()
    {
        var definition = CtrDefinition.Parse(
            "Borders:CtrBorderCount=31:CtrBorderType=Uniform:TargetBorderCount=3:TargetBorderType=MinEntropy:Prior=0/1:Prior=0.5");

        (definition.Type, definition.BorderCount, definition.TargetBorderCount).ShouldBe((CtrType.Borders, 31, 3));
        definition.Priors.ShouldBe([0, 0.5f]);
    }

    [Theory]
    [InlineData("FeatureFreq", "There are: Borders, Buckets, BinarizedTargetMeanValue, Counter.")]
    [InlineData("0", "There are: Borders")]
    [InlineData("Borders:Prior=1/2", "'Prior=1/2' of 'Borders:Prior=1/2' is not NUMBER or NUMBER/1.")]
    [InlineData("Borders:CtrBorderCount=256", "is not a whole number from 1 to 255")]
    [InlineData("Counter:TargetBorderCount=2", "'TargetBorderCount=2' of 'Counter:TargetBorderCount=2' is not known.")]
    [InlineData("Borders:CtrBorderType=Median", "CtrBorderType=Uniform")]
    public void Parse_WhatCannotBeTrained_SaysWhatCan(string text, string told) =>
        Should.Throw<FormatException>(() => CtrDefinition.Parse(text)).Message.ShouldContain(told);

    [Fact]
    public void Read_OfParametersByName_TakesTheListsAndLimits()
    {
        TrainingParameters read = FitParameters.Read(JsonNode.Parse("""
            {"simple_ctr": ["Counter", "Buckets:Prior=0.3"], "combinations_ctr": "Borders:TargetBorderCount=2", "ctr_leaf_count_limit": 25,
             "store_all_simple_ctr": true, "ctr_target_border_count": 3}
            """)!.AsObject()).Training;

        read.SimpleCtr.Select(one => one.Type).ShouldBe([CtrType.Counter, CtrType.Buckets]);
        read.CombinationsCtr.Single().TargetBorderCount.ShouldBe(2);
        (read.CtrLeafCountLimit, read.StoreAllSimpleCtr, read.CtrTargetBorderCount).ShouldBe((25, true, 3));
    }

    [Fact]
    public void Read_OfAListThatCannotBeTrained_NamesTheParameter() =>
        Should.Throw<TrainingException>(() => FitParameters.Read(JsonNode.Parse("""{"simple_ctr": ["FeatureFreq"]}""")!.AsObject()))
            .Message.ShouldStartWith("The parameter simple_ctr is ");
}
