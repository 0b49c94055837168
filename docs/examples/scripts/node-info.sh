#!/bin/sh
# Facts of the machine that this runs on.
set -eu

echo "host      $(uname -n)"
echo "system    $(uname -s) $(uname -r) on $(uname -m)"
echo "cpus      $(getconf _NPROCESSORS_ONLN 2>/dev/null || echo unknown)"
if [ -r /proc/meminfo ]; then
  awk '/^MemTotal|^MemAvailable/ { printf "%-9s %d MB\n", ($1 ~ /Total/ ? "memory" : "free"), $2 / 1024 }' /proc/meminfo
fi
if [ -r /proc/loadavg ]; then echo "load      $(cut -d' ' -f1-3 /proc/loadavg)"; fi
echo "$(uname -n) is up"
