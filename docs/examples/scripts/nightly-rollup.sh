#!/bin/sh
# Makes one line of mean and maximum out of the samples of each past day that disk-report.sh has kept, and drops the
# samples. Running it twice changes nothing: today's samples stay.
set -eu

state=${OASIS_EXAMPLES_STATE:-${TMPDIR:-/tmp}/oasis-examples}
mkdir -p "$state"
samples=$state/disk-samples.csv
days=$state/disk-days.csv
[ -f "$samples" ] || : > "$samples"

today=$(date -u +%Y-%m-%d)
fresh=$(mktemp "$state/rollup.XXXXXX")
trap 'rm -f "$fresh" "$fresh.days"' EXIT

awk -F, -v today="$today" -v days="$fresh.days" '
  { day = substr($1, 1, 10) }
  day == today { print; next }
  { n[day]++; sum[day] += $2; if ($2 + 0 > max[day]) max[day] = $2 + 0 }
  END { for (day in n) printf "%s,%.1f,%d,%d\n", day, sum[day] / n[day], max[day], n[day] > days }
' "$samples" > "$fresh"

rolled=0
if [ -f "$fresh.days" ]; then
  rolled=$(wc -l < "$fresh.days" | tr -d ' ')
  sort "$fresh.days" | tee -a "$days"
fi
mv "$fresh" "$samples"
echo "rolled up $rolled days, $(wc -l < "$samples" | tr -d ' ') samples of today stay"
