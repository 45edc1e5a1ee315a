-- Imports of rosters. Stage as in RosterStage; at is milliseconds since 1970; file and plan name texts.
create table rosters_list (
    id text primary key,
    position integer not null,
    at integer not null,
    by_member text,
    file text not null,
    plan text not null,
    people integer not null,
    seats integer not null,
    stage integer not null,
    reason text
) strict, without rowid;
