-- A journal stands only when its postings add up to zero and there are two or more of them: looked at when the transaction commits.
create or replace function ledger_journal_balances() returns trigger
    language plpgsql as
$$
declare
    total numeric;
    lines integer;
begin
    select coalesce(sum(amount), 0), count(*) into total, lines
    from ledger_postings where tenant_id = new.tenant_id and journal_id = new.journal_id;
    if total <> 0 or lines < 2 then
        raise exception 'journal % does not balance: % postings, sum %', new.journal_id, lines, total using errcode = 'check_violation';
    end if;
    return null;
end
$$;

drop trigger if exists ledger_postings_balance on ledger_postings;
create constraint trigger ledger_postings_balance after insert on ledger_postings
    deferrable initially deferred for each row execute function ledger_journal_balances();
