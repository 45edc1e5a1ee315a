-- What Orleans' clustering asks of a PostgreSQL database: who is in the cluster, under a version that each change raises by one.
create table cluster_versions (
    deployment text collate "C" primary key,
    version integer not null
);

create table cluster_members (
    deployment text collate "C" not null references cluster_versions,
    address text collate "C" not null,
    port integer not null,
    generation integer not null,
    silo_name text not null,
    host_name text not null,
    status integer not null,
    proxy_port integer,
    suspect_times text,
    start_time timestamptz not null,
    alive_time timestamptz not null,
    primary key (deployment, address, port, generation)
);

insert into OrleansQuery (QueryKey, QueryText) values ('InsertMembershipVersionKey', '
    with added as (
        insert into cluster_versions (deployment, version) values (@DeploymentId, 0) on conflict do nothing returning 1
    )
    select count(*)::integer from added;
');

insert into OrleansQuery (QueryKey, QueryText) values ('InsertMembershipKey', '
    with raised as (
        update cluster_versions set version = version + 1
        where deployment = @DeploymentId and version = @Version and not exists (
            select from cluster_members
            where deployment = @DeploymentId and address = @Address and port = @Port and generation = @Generation)
        returning deployment
    ), added as (
        insert into cluster_members
            (deployment, address, port, generation, silo_name, host_name, status, proxy_port, start_time, alive_time)
        select deployment, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime from raised
        returning 1
    )
    select count(*)::integer from added;
');

insert into OrleansQuery (QueryKey, QueryText) values ('UpdateMembershipKey', '
    with raised as (
        update cluster_versions set version = version + 1
        where deployment = @DeploymentId and version = @Version and exists (
            select from cluster_members
            where deployment = @DeploymentId and address = @Address and port = @Port and generation = @Generation)
        returning deployment
    ), changed as (
        update cluster_members m set status = @Status, suspect_times = @SuspectTimes, alive_time = @IAmAliveTime
        from raised
        where m.deployment = raised.deployment and m.address = @Address and m.port = @Port and m.generation = @Generation
        returning 1
    )
    select count(*)::integer from changed;
');

insert into OrleansQuery (QueryKey, QueryText) values ('UpdateIAmAlivetimeKey', '
    update cluster_members set alive_time = @IAmAliveTime
    where deployment = @DeploymentId and address = @Address and port = @Port and generation = @Generation;
');

insert into OrleansQuery (QueryKey, QueryText) values ('MembershipReadRowKey', '
    select m.address as "Address", m.port as "Port", m.generation as "Generation", m.silo_name as "SiloName", m.host_name as "HostName",
        m.status as "Status", m.proxy_port as "ProxyPort", m.suspect_times as "SuspectTimes", m.start_time as "StartTime",
        m.alive_time as "IAmAliveTime", v.version as "Version"
    from cluster_versions v
    left join cluster_members m on m.deployment = v.deployment and m.address = @Address and m.port = @Port and m.generation = @Generation
    where v.deployment = @DeploymentId;
');

insert into OrleansQuery (QueryKey, QueryText) values ('MembershipReadAllKey', '
    select m.address as "Address", m.port as "Port", m.generation as "Generation", m.silo_name as "SiloName", m.host_name as "HostName",
        m.status as "Status", m.proxy_port as "ProxyPort", m.suspect_times as "SuspectTimes", m.start_time as "StartTime",
        m.alive_time as "IAmAliveTime", v.version as "Version"
    from cluster_versions v
    left join cluster_members m on m.deployment = v.deployment
    where v.deployment = @DeploymentId;
');

insert into OrleansQuery (QueryKey, QueryText) values ('GatewaysQueryKey', '
    select address as "Address", proxy_port as "ProxyPort", generation as "Generation"
    from cluster_members
    where deployment = @DeploymentId and status = @Status and proxy_port > 0;
');

insert into OrleansQuery (QueryKey, QueryText) values ('DeleteMembershipTableEntriesKey', '
    with members as (
        delete from cluster_members where deployment = @DeploymentId
    )
    delete from cluster_versions where deployment = @DeploymentId;
');

insert into OrleansQuery (QueryKey, QueryText) values ('CleanupDefunctSiloEntriesKey', '
    delete from cluster_members
    where deployment = @DeploymentId and alive_time < @IAmAliveTime and status <> 3;
');
