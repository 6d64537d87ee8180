#!/bin/sh
# Debian's cron as a peer of scripts/bench dispatcher; what it knows stands in npm.mjs. Its least unit is a minute: the line is
# `* * * * *` whatever is asked. It runs in a mount namespace of its own with tables of its own: the machine's are not touched.
set -eu
case $1 in
version) dpkg-query -W -f '${Version}\n' cron ;;
tick)
  tables=$(mktemp -d)
  mkdir "$tables/users" "$tables/packages"
  # A percent sign is a new line to cron.
  printf '* * * * * root %s\n' "$(printf %s "$3" | sed 's/%/\\%/g')" >"$tables/crontab"
  exec unshare --mount sh -c '
    mount -t tmpfs none /run
    mount --bind "$0/users" /var/spool/cron/crontabs
    mount --bind "$0/packages" /etc/cron.d
    mount --bind "$0/crontab" /etc/crontab
    mount -t tmpfs none "$0"
    exec /usr/sbin/cron -f -L 0' "$tables"
  ;;
esac
