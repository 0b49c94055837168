#!/bin/sh
# Prints the load of the machine once a second, as often as its first argument says, and its mean at the end.
set -eu

seconds=${1:-60}
load() {
  if [ -r /proc/loadavg ]; then cut -d' ' -f1 /proc/loadavg; else sysctl -n vm.loadavg | tr -d '{}' | awk '{ print $1 }'; fi
}

sum=0
second=1
while [ "$second" -le "$seconds" ]; do
  now=$(load)
  sum=$(echo "$sum $now" | awk '{ print $1 + $2 }')
  echo "second $second of $seconds: load $now"
  second=$((second + 1))
  sleep 1
done
echo "mean load $(echo "$sum $seconds" | awk '{ printf "%.2f", ($2 > 0 ? $1 / $2 : 0) }')"
