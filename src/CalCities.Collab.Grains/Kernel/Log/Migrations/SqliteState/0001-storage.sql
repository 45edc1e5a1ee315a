-- What Orleans' grain storage asks of a SQLite database: its state and the queries it runs.
create table OrleansQuery (
    QueryKey text primary key,
    QueryText text not null
) strict, without rowid;

create table grain_states (
    hash integer not null,
    n0 integer not null,
    n1 integer not null,
    type_hash integer not null,
    type text not null,
    extension text,
    service text not null,
    payload blob,
    version integer not null
) strict;

-- One row a grain, whoever races: the first write of two inserts, the other finds it there.
create unique index grain_states_identity on grain_states (hash, type_hash, n0, n1, type, coalesce(extension, ''), service);

insert into OrleansQuery (QueryKey, QueryText) values ('ReadFromStorageKey', '
    select payload as PayloadBinary, version as Version from grain_states
    where hash = @GrainIdHash and type_hash = @GrainTypeHash and n0 = @GrainIdN0 and n1 = @GrainIdN1 and type = @GrainTypeString
        and coalesce(extension, '''') = coalesce(@GrainIdExtensionString, '''') and service = @ServiceId;
');

insert into OrleansQuery (QueryKey, QueryText) values ('WriteToStorageKey', '
    update grain_states set payload = @PayloadBinary, version = version + 1
    where hash = @GrainIdHash and type_hash = @GrainTypeHash and n0 = @GrainIdN0 and n1 = @GrainIdN1 and type = @GrainTypeString
        and coalesce(extension, '''') = coalesce(@GrainIdExtensionString, '''') and service = @ServiceId and version = @GrainStateVersion
    returning version as NewGrainStateVersion;
    insert into grain_states (hash, n0, n1, type_hash, type, extension, service, payload, version)
    select @GrainIdHash, @GrainIdN0, @GrainIdN1, @GrainTypeHash, @GrainTypeString, @GrainIdExtensionString, @ServiceId, @PayloadBinary, 1
    where @GrainStateVersion is null
    on conflict do nothing
    returning version as NewGrainStateVersion;
');

insert into OrleansQuery (QueryKey, QueryText) values ('ClearStorageKey', '
    update grain_states set payload = null, version = version + 1
    where hash = @GrainIdHash and type_hash = @GrainTypeHash and n0 = @GrainIdN0 and n1 = @GrainIdN1 and type = @GrainTypeString
        and coalesce(extension, '''') = coalesce(@GrainIdExtensionString, '''') and service = @ServiceId and version = @GrainStateVersion
    returning version as NewGrainStateVersion;
');

insert into OrleansQuery (QueryKey, QueryText) values ('DeleteStorageKey', '
    delete from grain_states
    where hash = @GrainIdHash and type_hash = @GrainTypeHash and n0 = @GrainIdN0 and n1 = @GrainIdN1 and type = @GrainTypeString
        and coalesce(extension, '''') = coalesce(@GrainIdExtensionString, '''') and service = @ServiceId and version = @GrainStateVersion
    returning version + 1 as NewGrainStateVersion;
');
