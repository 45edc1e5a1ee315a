#!/usr/bin/env bash
# ./test.sh [PROJECT [RUNNER ARGUMENTS...]]
#
# Builds the solution and runs every test project, or those whose name has PROJECT in it (./test.sh Domain);
# arguments after it go to the test runner as they are (./test.sh Grains -class '*Door*').
# Needs the .NET SDK. Chromium and PostgreSQL come from Debian's packages: installed when run as root, else asked for.
# PostgreSQL tests get a cluster of their own in a temporary folder, gone at the end.
# The last line is "N passed, N failed" (", N skipped" may follow); reports lie in artifacts/tests/.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")" || exit 2

configuration=Release   # what ships is what is tested
word=${1:-}
[ $# -gt 0 ] && shift
project_limit=1500      # seconds: a runner that hangs fails instead of eating the machine's time
slow=5                  # seconds: a test that takes longer is shown at the end

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 TESTINGPLATFORM_TELEMETRY_OPTOUT=1

say() { printf '\n== %s\n' "$*"; }

# What stops the run before a test could run still ends in a line that counts.
give_up() { printf '%s\n\n0 passed, 1 failed\n' "$*"; exit 1; }

postgres_bin() { ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1; }
chromium_bin() { command -v chromium || command -v chromium-browser || command -v google-chrome; }

command -v dotnet >/dev/null || give_up 'The .NET SDK is missing: dotnet is not on the PATH. Install version 10 of the SDK.'

missing=()
[ -n "$(chromium_bin)" ] || missing+=(chromium fonts-liberation)
[ -n "$(postgres_bin)" ] || missing+=(postgresql)
if [ ${#missing[@]} -gt 0 ]; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    say "Installing ${missing[*]}"
    export DEBIAN_FRONTEND=noninteractive
    { apt-get update -q && apt-get install -q -y --no-install-recommends "${missing[@]}"; } >/dev/null </dev/null ||
      give_up "Debian's packages could not be installed: ${missing[*]}. Install them by hand and start again."
  else
    give_up "The tests need these packages of Debian: ${missing[*]}. Install them (apt-get install ${missing[*]}) and start again."
  fi
fi

scratch=$(mktemp -d "${TMPDIR:-/tmp}/collab-test.XXXXXX") || give_up 'No temporary folder can be made.'

# initdb refuses root: the cluster belongs to an unprivileged user, and lies in a folder that user can reach.
as_owner() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }

stop_postgres() {
  [ -f "$scratch/pg/data/postmaster.pid" ] && (cd / && as_owner "$(postgres_bin)/pg_ctl" -D "$scratch/pg/data" -m immediate stop >/dev/null 2>&1)
  rm -rf "$scratch"
}
trap stop_postgres EXIT
trap 'exit 130' INT TERM

start_postgres() {
  mkdir "$scratch/pg" && chmod 755 "$scratch" && chmod 700 "$scratch/pg" || return 1
  [ "$(id -u)" != 0 ] || chown postgres "$scratch/pg" || return 1
  local bin attempt port
  bin=$(postgres_bin)
  (cd / && as_owner "$bin/initdb" -D "$scratch/pg/data" -U postgres -A trust -E UTF8 --locale=C >"$scratch/initdb.log" 2>&1) || { cat "$scratch/initdb.log"; return 1; }
  for attempt in 1 2 3 4 5 6 7 8; do
    port=$((20000 + RANDOM % 10000))   # below the range that outgoing connections take
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null && continue
    if (cd / && as_owner "$bin/pg_ctl" -D "$scratch/pg/data" -w -l "$scratch/pg/log" \
        -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories=$scratch/pg -c max_connections=300" start >/dev/null 2>&1 </dev/null); then
      export COLLAB_TEST_POSTGRES="Host=127.0.0.1;Port=$port;Username=postgres;Database=postgres"
      return 0
    fi
  done
  tail -5 "$scratch/pg/log"
  return 1
}

say 'Starting PostgreSQL'
start_postgres || give_up 'A PostgreSQL cluster for the tests did not start.'
echo "$("$(postgres_bin)/postgres" --version), $COLLAB_TEST_POSTGRES"

say 'Building'
started=$SECONDS
dotnet build CalCities.Collab.sln -nologo -v q -c "$configuration" </dev/null || give_up 'The solution does not build.'
echo "built in $((SECONDS - started)) s"

# The report's numbers are counted; the exit code must agree with them, so a runner that crashes fails even without a report.
number() { sed -n "s/.*<assembly [^>]*[ ]$2=\"\([0-9]*\)\".*/\1/p" "$1" | head -1; }

reports=$PWD/artifacts/tests
rm -rf "$reports" && mkdir -p "$reports"
passed=0 failed=0 skipped=0 ran=0
for folder in tests/*.Tests; do
  name=$(basename "$folder")
  [[ $name == *"$word"* ]] || continue
  ran=$((ran + 1))
  say "$name"
  report=$reports/$name.xml
  started=$SECONDS
  timeout --kill-after=30 "$project_limit" dotnet "$folder/bin/$configuration/net10.0/$name.dll" -noLogo -noColor -longRunning 120 -xml "$report" "$@" </dev/null
  code=$?
  echo "$name: $((SECONDS - started)) s"
  total=0
  if [ -s "$report" ]; then
    total=$(number "$report" total)
    passed=$((passed + $(number "$report" passed)))
    skipped=$((skipped + $(number "$report" skipped)))
    bad=$(($(number "$report" failed) + $(number "$report" errors)))
  else
    bad=0
  fi
  if [ "$bad" = 0 ] && [ "$code" != 0 ]; then echo "$name: the runner ended with $code"; bad=1; fi
  if [ "${total:-0}" = 0 ] && [ "$bad" = 0 ]; then echo "$name: no test ran"; bad=1; fi
  failed=$((failed + bad))
done
[ "$ran" -gt 0 ] || give_up "No test project has '$word' in its name."

slowest=$(sed -n 's/.*<test [^>]*name="\([^"]*\)".* time="\([0-9.]*\)".*/\2 \1/p' "$reports"/*.xml 2>/dev/null | sort -rn | awk -v slow="$slow" '$1 >= slow' | head -15)
[ -z "$slowest" ] || { say "Slower than $slow s"; echo "$slowest"; }

tail=''
[ "$skipped" = 0 ] || tail=", $skipped skipped"
printf '\n%s passed, %s failed%s\n' "$passed" "$failed" "$tail"
[ "$failed" = 0 ]
