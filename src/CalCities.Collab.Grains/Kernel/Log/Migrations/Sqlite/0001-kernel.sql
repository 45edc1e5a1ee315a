-- The one row whose update draws positions.
create table head (
    id integer primary key check (id = 1),
    position integer not null
) strict;
insert into head (id, position) values (1, 0);

-- The log. The position is the row's own number, so events lie in the order in which they happened.
create table events (
    position integer primary key,
    stream text not null,
    version integer not null check (version > 0),
    kind text not null,
    body text not null,
    command text not null,
    part integer not null check (part >= 0),
    fingerprint blob check ((part = 0) = (fingerprint is not null)),
    actor text not null,
    time text not null,
    unique (stream, version)
) strict;

-- Each command's events once, whatever happens; and the answer to "which commands does this stream know" without touching a body.
-- One tree for both (an index can't be unique in its first columns alone): command ids lie anywhere in it, so a second one would
-- cost an append half of its rate.
create table commands (
    stream text not null,
    command text not null,
    part integer not null,
    version integer not null,
    position integer not null,
    fingerprint blob,
    primary key (stream, command, part)
) strict, without rowid;
create trigger events_are_of_commands after insert on events
begin
    insert into commands (stream, command, part, version, position, fingerprint)
    values (new.stream, new.command, new.part, new.version, new.position, new.fingerprint);
end;
create trigger commands_are_never_changed before update on commands
begin
    select raise(abort, 'A command in the log is never changed.');
end;
create trigger commands_are_never_removed before delete on commands
begin
    select raise(abort, 'A command in the log is never removed.');
end;

create trigger events_are_never_changed before update on events
begin
    select raise(abort, 'An event in the log is never changed.');
end;
create trigger events_are_never_removed before delete on events
begin
    select raise(abort, 'An event in the log is never removed.');
end;

-- Large bodies (bill texts, attachments) under the SHA-256 of their bytes, in hexadecimal.
create table texts (
    hash text primary key check (length(hash) = 64),
    body blob not null
) strict, without rowid;

-- Who signed in, was refused, imported: the last 100,000 entries.
create table audit (
    id integer primary key autoincrement,
    at integer not null,
    actor text not null,
    action text not null,
    detail text not null
) strict;
create trigger audit_is_bounded after insert on audit
begin
    delete from audit where id <= new.id - 100000;
end;
create trigger audit_is_never_changed before update on audit
begin
    select raise(abort, 'An entry of the audit is never changed.');
end;

-- How far each index and policy has read the log.
create table checkpoints (
    name text primary key,
    version integer not null,
    position integer not null
) strict, without rowid;

-- What a policy wanted and an aggregate refused, for staff to look at.
create table refused_policy_commands (
    command text primary key,
    policy text not null,
    stream text not null,
    code text not null,
    sentence text not null,
    at integer not null
) strict, without rowid;

create table data_protection_keys (
    name text primary key,
    xml text not null
) strict, without rowid;
