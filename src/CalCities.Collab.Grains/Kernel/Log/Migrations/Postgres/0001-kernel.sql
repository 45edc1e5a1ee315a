-- The one row whose lock makes the order of positions the order of commits, without gaps.
create table head (
    id integer primary key check (id = 1),
    position bigint not null
);
insert into head (id, position) values (1, 0);

-- The log.
create table events (
    stream text collate "C" not null,
    version bigint not null check (version > 0),
    position bigint not null,
    kind text collate "C" not null,
    body text not null,
    command text collate "C" not null,
    part integer not null check (part >= 0),
    fingerprint bytea check ((part = 0) = (fingerprint is not null)),
    actor text not null,
    time text collate "C" not null,
    constraint events_version primary key (stream, version),
    -- Answers "which commands does this stream know" without touching a body, too.
    constraint events_command unique (stream, command, part) include (version, position, fingerprint),
    constraint events_position unique (position)
);

-- Each command's events, from that index alone.
create view commands as select stream, command, part, version, position, fingerprint from events;

create function refuse_change() returns trigger language plpgsql as $body$
begin
    raise exception 'A row of % is never changed or removed.', tg_table_name;
end
$body$;
create trigger events_are_never_changed before update or delete or truncate on events
    for each statement execute function refuse_change();

-- Appends to each stream that stands at its expected version, in the order asked; answers the position of the first event of each
-- (null: it stands elsewhere). An event names its stream by number (from 1) and its place among that stream's new ones (from 1).
-- One call, so the head's lock is never held while a client is waited for.
create function append_events(
    streams text[], expected bigint[], counts integer[], owners integer[], places integer[],
    kinds text[], bodies text[], commands text[], parts integer[], fingerprints bytea[], actors text[], times text[])
returns bigint[] language plpgsql as $body$
declare
    base bigint;
    taken bigint;
    firsts bigint[];
begin
    select h.position into strict base from head h for update;

    -- A new statement in read committed sees all that committed before the lock was ours.
    with asked as (
        select a.number, a.size,
               coalesce((select e.version from events e where e.stream = a.stream order by e.version desc limit 1), 0) = a.version as fits
        from unnest(streams, expected, counts) with ordinality as a(stream, version, size, number)
    ), placed as (
        select asked.number, asked.fits, sum(case when asked.fits then asked.size else 0 end) over (order by asked.number) as total, asked.size
        from asked
    )
    select array_agg(case when p.fits then base + p.total - p.size + 1 end order by p.number), max(p.total)
    into firsts, taken
    from placed p;

    insert into events (stream, version, position, kind, body, command, part, fingerprint, actor, time)
    select a.stream, a.version + e.place, a.first + e.place - 1, e.kind, e.body, e.command, e.part, e.fingerprint, e.actor, e.time
    from unnest(owners, places, kinds, bodies, commands, parts, fingerprints, actors, times)
        as e(owner, place, kind, body, command, part, fingerprint, actor, time)
    join unnest(streams, expected, firsts) with ordinality as a(stream, version, first, number) on a.number = e.owner
    where a.first is not null;

    update head set position = base + taken;
    return firsts;
end
$body$;

-- Large bodies (bill texts, attachments) under the SHA-256 of their bytes, in hexadecimal.
create table texts (
    hash text collate "C" primary key check (length(hash) = 64),
    body bytea not null
);

-- Who signed in, was refused, imported: the last 100,000 entries.
create table audit (
    id bigint generated always as identity primary key,
    at bigint not null,
    actor text not null,
    action text not null,
    detail text not null
);
create function bound_audit() returns trigger language plpgsql as $body$
begin
    delete from audit where id <= (select max(id) from added) - 100000;
    return null;
end
$body$;
create trigger audit_is_bounded after insert on audit referencing new table as added for each statement execute function bound_audit();
create trigger audit_is_never_changed before update on audit for each statement execute function refuse_change();

-- How far each index and policy has read the log.
create table checkpoints (
    name text collate "C" primary key,
    version bigint not null,
    position bigint not null
);

-- What a policy wanted and an aggregate refused, for staff to look at.
create table refused_policy_commands (
    command text collate "C" primary key,
    policy text not null,
    stream text not null,
    code text not null,
    sentence text not null,
    at bigint not null
);

create table data_protection_keys (
    name text collate "C" primary key,
    xml text not null
);
