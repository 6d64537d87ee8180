// npm's `cron` and `node-cron` as peers of scripts/bench dispatcher. PACKAGES is the folder that holds node_modules. All peers know:
//
//   … version
//   … tick '1-59/10 * * * * *' 'date +%s.%N >>file'     runs the command whenever the line is due, in UTC
//   … year '30 2 * * *' Europe/Berlin FROM UNTIL        seconds since 1970 of every firing; here on a virtual clock
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(process.env.PACKAGES + "/");
const [name, what, line, ...rest] = process.argv.slice(2);
const schedulers = {
  cron: (due, zone) => {
    const { CronJob } = require("cron");
    CronJob.from({ cronTime: line, onTick: due, start: true, timeZone: zone });
  },
  "node-cron": (due, zone) => require("node-cron").schedule(line, due, { timezone: zone }),
};
const schedule = schedulers[name];

if (what === "version") console.log(JSON.parse(readFileSync(`${process.env.PACKAGES}/node_modules/${name}/package.json`)).version);
if (what === "tick") schedule(() => spawn("sh", ["-c", rest[0]], { stdio: "ignore" }), "UTC");
if (what === "year") await year(rest[0], Number(rest[1]), Number(rest[2]));

async function year(zone, from, until) {
  const clock = require("@sinonjs/fake-timers").install({ now: from * 1000, toFake: ["setTimeout", "clearTimeout", "Date"] });
  const fired = [];
  schedule(() => fired.push(Math.floor(clock.now / 1000)), zone);
  while (clock.countTimers() > 0 && clock.now < until * 1000) await clock.nextAsync();
  clock.uninstall();
  // A pipe takes its time: what is not out when the process ends is lost.
  process.stdout.write(fired.filter((at) => at < until).join("\n") + "\n", () => process.exit(0));
}
