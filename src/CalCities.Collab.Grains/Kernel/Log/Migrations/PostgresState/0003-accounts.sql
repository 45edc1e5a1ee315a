-- Who may come in, by what: ASP.NET Core Identity's store, of which a hub without passwords needs these columns. An account's id is the member's.
create table accounts (
    id text collate "C" primary key,
    email text,
    normalized_email text collate "C",
    concurrency_stamp text,
    invited bigint,
    signed_in bigint
);
create unique index accounts_email on accounts (normalized_email);

create table account_logins (
    login_provider text collate "C" not null,
    provider_key text collate "C" not null,
    provider_display_name text,
    user_id text collate "C" not null references accounts on delete cascade,
    primary key (login_provider, provider_key)
);
create index account_logins_of on account_logins (user_id);

create table account_passkeys (
    credential_id bytea primary key,
    user_id text collate "C" not null references accounts on delete cascade,
    data text not null
);
create index account_passkeys_of on account_passkeys (user_id);

-- Mails to send; due is null when one was sent or given up, and its text is blank then.
create table outbox (
    id text collate "C" primary key,
    member text collate "C" not null,
    kind text not null,
    recipient text not null,
    subject text not null,
    body text not null,
    made bigint not null,
    until bigint not null,
    due bigint,
    tries bigint not null,
    sent bigint,
    why text
);
create index outbox_due on outbox (due) where due is not null;
create index outbox_of on outbox (member, made);
