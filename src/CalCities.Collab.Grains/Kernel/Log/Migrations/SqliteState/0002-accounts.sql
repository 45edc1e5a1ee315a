-- Who may come in, by what: ASP.NET Core Identity's store, of which a hub without passwords needs these columns. An account's id is the member's.
create table accounts (
    id text primary key,
    email text,
    normalized_email text,
    concurrency_stamp text,
    invited integer,
    signed_in integer
) strict, without rowid;
create unique index accounts_email on accounts (normalized_email);

create table account_logins (
    login_provider text not null,
    provider_key text not null,
    provider_display_name text,
    user_id text not null references accounts on delete cascade,
    primary key (login_provider, provider_key)
) strict, without rowid;
create index account_logins_of on account_logins (user_id);

create table account_passkeys (
    credential_id blob primary key not null,
    user_id text not null references accounts on delete cascade,
    data text not null
) strict, without rowid;
create index account_passkeys_of on account_passkeys (user_id);

-- Mails to send; due is null when one was sent or given up, and its text is blank then.
create table outbox (
    id text primary key,
    member text not null,
    kind text not null,
    recipient text not null,
    subject text not null,
    body text not null,
    made integer not null,
    until integer not null,
    due integer,
    tries integer not null,
    sent integer,
    why text
) strict, without rowid;
create index outbox_due on outbox (due) where due is not null;
create index outbox_of on outbox (member, made);
