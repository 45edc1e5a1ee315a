-- Imports of rosters. Stage as in RosterStage; at is milliseconds since 1970; file and plan name texts.
create table rosters_list (
    id text collate "C" primary key,
    position bigint not null,
    at bigint not null,
    by_member text collate "C",
    file text not null,
    plan text not null,
    people integer not null,
    seats integer not null,
    stage integer not null,
    reason text
);
