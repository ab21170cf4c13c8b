-- Wakes the dispatcher when the transaction that wrote the message commits; the poll finds what a lost notification left.
create or replace function announce_outbox() returns trigger
    language plpgsql as
$$
begin
    perform pg_notify('outbox', '');
    return null;
end
$$;

create or replace trigger announce after insert on outbox for each statement execute function announce_outbox();
