#!/bin/sh
# What LedgerExecutor does, as a script: $1 = milliseconds, $2 = lines, $3 = percent that fails.
set -eu
ms=$1 lines=$2 fail=$3 ledger=$CHAOS_LEDGER
who="$OASIS_RUN_ID $OASIS_ATTEMPT $OASIS_EPOCH $OASIS_SHARD_INDEX"
said=0
end() {
  trap '' TERM # one end is enough
  echo "E $who $(date +%s%3N) $1 $said" >>"$ledger"
}
echo "S $who $OASIS_JOB $(date -d "$OASIS_NOMINAL_AT" +%s%3N) $(date +%s%3N)" >>"$ledger"
trap 'end stopped; exit 143' TERM
pause=$(printf '%d.%03d' $((ms / 1000)) $((ms % 1000)))
while [ "$said" -lt "$lines" ]; do
  said=$((said + 1))
  echo "line $said"
done
# In the background, so that SIGTERM is heard at once.
sleep "$pause" &
wait $!
if [ $(((OASIS_RUN_ID * 7 + OASIS_ATTEMPT * 13) % 100)) -lt "$fail" ]; then
  end failed
  exit 1
fi
end ok
