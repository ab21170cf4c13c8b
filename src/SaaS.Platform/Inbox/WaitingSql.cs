namespace SaaS.Platform.Inbox;

/// <summary>
/// What waits for whom, in one statement: every kind of thing that stands still until a person acts, with each person who may act. Who
/// reads it sees of it what the policies of the plane let through: on <see cref="Data.Plane.Inbox"/> what waits for that person anywhere,
/// on <see cref="Data.Plane.Tenant"/> what waits for anybody in the tenant's programmes.
/// </summary>
/// <remarks>
/// The roles are those that the deed itself asks for (CompleteTask, DecideShare, SignAgreement, …). Names of the case come by the primary
/// key of each row found: a join would let the planner read all cases first.
/// </remarks>
internal static class WaitingSql
{
    /// <summary>Of everybody, in the tenant's programmes. Its parameter is the present moment.</summary>
    public const string OfTenant = Items + Named;

    /// <summary>Of one person. Its parameter is the present moment.</summary>
    public const string OfPerson = Items + Invited + Named;

    private const string Items = """
        with people as (
            select user_id, organisation_id, array_agg(role::text) as roles
            from memberships where role not in ('Viewer', 'Evaluator', 'Inspector')
            group by user_id, organisation_id),
        kosmo as (
            select o.id, t.id as tenant_id from organisations o join tenants t on t.organisation_id = o.id where o.kind = 'Kosmo' and t.kind = 'National'),
        items as (
            select 'Task' as kind, t.tenant_id, t.id, t.application_id, p.user_id, p.organisation_id, null as party,
                t.title_ko, t.title_en, null::bigint as amount, null::int as number, t.created_at as since, t.due_on
            from tasks t join people p on p.organisation_id = t.assignee_organisation_id and p.roles && array['Officer', 'Approver', 'Representative']
            where t.completed_at is null
            union all
            select 'Review', e.tenant_id, e.id, e.application_id, e.evaluator_id, null, null, null, null, null, null, e.assigned_at, null
            from evaluations e where e.submitted_at is null
            union all
            select 'Inspection', i.tenant_id, i.id, i.application_id, i.inspector_id, null, null, null, null, null, null, i.assigned_at, null
            from inspections i where i.submitted_at is null
            union all
            select 'Share', s.tenant_id, s.id, s.application_id, p.user_id, p.organisation_id, null, s.application_title, null, s.amount, null, null, s.due_on
            from application_shares s join people p on p.organisation_id = s.funder_organisation_id and p.roles && array['Officer', 'Approver']
            where s.bookmark_id is not null and s.decided_at is null and s.status in ('Planned', 'Reserved')
            union all
            select 'Agreement', a.tenant_id, a.id, a.application_id, p.user_id, p.organisation_id, min(s.party), null, null, null, null, a.created_at, a.due_on
            from agreement_signatures s
            join agreements a on a.tenant_id = s.tenant_id and a.id = s.agreement_id and a.status = 'AwaitingSignatures'
            join people p on p.organisation_id = s.organisation_id and p.roles && array['Representative', 'Officer', 'Approver']
            where s.signed_at is null
            group by a.tenant_id, a.id, p.user_id, p.organisation_id
            union all
            select 'Deposit', t.tenant_id, t.id, t.application_id, p.user_id, p.organisation_id, null, null, null, t.firm_amount, t.number, t.opened_at, null
            from tranches t
            join applications a on a.tenant_id = t.tenant_id and a.id = t.application_id
            join people p on p.organisation_id = a.firm_id and p.roles && array['Representative', 'Finance']
            where t.status = 'AwaitingDeposit'
            union all
            select case o.status when 'Requested' then 'PaymentToPrepare' else 'PaymentToApprove' end, o.tenant_id, o.id, o.application_id,
                p.user_id, p.organisation_id, null, null, null, o.amount, o.tranche_number, null, null
            from payment_orders o
            join people p on p.organisation_id = o.payer_organisation_id
                and case o.status when 'Requested' then 'Finance' = any (p.roles) else 'Approver' = any (p.roles) and p.user_id <> o.prepared_by end
            where o.status in ('Requested', 'Prepared')
            union all
            select 'DraftToPublish', d.tenant_id, d.ready_id, null, p.user_id, p.organisation_id, null, g.ko, g.en, null, null, d.ready_at, null
            from definition_drafts d
            join programmes g on g.tenant_id = d.tenant_id and g.id = d.programme_id
            join tenants t on t.id = d.tenant_id
            join people p on p.organisation_id = t.organisation_id and p.roles && array['Officer', 'Approver'] and p.user_id <> all (d.authors)
            where d.ready_id is not null
            union all
            select 'DraftReturned', r.tenant_id, r.id, null, p.user_id, p.organisation_id, null, g.ko, g.en, null, r.version, r.returned_at, null
            from definition_drafts d
            join draft_returns r on r.tenant_id = d.tenant_id and r.id = d.return_id
            join programmes g on g.tenant_id = d.tenant_id and g.id = d.programme_id
            join tenants t on t.id = d.tenant_id
            join people p on p.organisation_id = t.organisation_id and p.roles && array['Designer', 'Officer', 'Approver']
                and (p.user_id = any (d.authors) or p.user_id = r.handed_over_by) and p.user_id <> r.returned_by
            union all
            select 'Publication', r.tenant_id, r.id, null, p.user_id, p.organisation_id, null, g.ko, g.en, null, r.version, r.requested_at, null
            from publication_requests r
            join programmes g on g.tenant_id = r.tenant_id and g.id = r.programme_id
            cross join kosmo k
            join people p on p.organisation_id = k.id and p.roles && array['Officer', 'Approver'] and p.user_id <> r.requested_by
            where r.status = 'Waiting'
            union all
            select 'NationalGrant', n.tenant_id, n.id, null, p.user_id, p.organisation_id, null, null, null, n.asked, null, null, null
            from national_grants n cross join kosmo k join people p on p.organisation_id = k.id and p.roles && array['Officer', 'Approver']
            where n.decided_at is null and n.asked > n.granted
            union all
            select 'SupplierCase', k.tenant_id, c.id, null, p.user_id, p.organisation_id, null, b.ko, b.en, null, null, c.opened_at, c.due_on
            from supplier_cases c
            join organisations b on b.id = c.supplier_id
            cross join kosmo k
            join people p on p.organisation_id = k.id and p.roles && array['Officer', 'Approver']
            where c.status = 'Open'
            union all
            select 'SupplierToName', w.tenant_id, w.id, w.application_id, p.user_id, p.organisation_id, null, null, null, null, null, null, w.name_until
            from supplier_waits w
            join applications a on a.tenant_id = w.tenant_id and a.id = w.application_id
            join people p on p.organisation_id = a.firm_id
            where w.status = 'NameAnother'
            union all
            select 'DraftGuest', g.tenant_id, g.id, null, p.user_id, p.organisation_id, null, r.ko, r.en, null, null, g.invited_at, null
            from draft_guests g
            join programmes r on r.tenant_id = g.tenant_id and r.id = g.programme_id
            join people p on p.organisation_id = g.organisation_id and p.roles && array['Designer', 'Officer', 'Approver']
            where g.revoked_at is null and exists (select from definition_drafts d where d.tenant_id = g.tenant_id and d.programme_id = g.programme_id)
            union all
            select 'GuardRail', f.tenant_id, f.id, null, p.user_id, p.organisation_id, null, g.ko, g.en, null, null, f.found_at, null
            from guard_rail_findings f
            join programmes g on g.tenant_id = f.tenant_id and g.id = f.programme_id
            join tenants t on t.id = f.tenant_id
            join people p on p.organisation_id = t.organisation_id and p.roles && array['Designer', 'Officer', 'Approver']
            where f.resolved_at is null
                and not exists (select from guard_rail_findings x where x.tenant_id = f.tenant_id and x.programme_id = f.programme_id and x.resolved_at is null and x.id < f.id)
            union all
            select 'GuardRailChange', k.tenant_id, r.id, null, p.user_id, p.organisation_id, null, null, null, null, r.from_year, r.written_at, null
            from guard_rails r
            cross join kosmo k
            join people p on p.organisation_id = k.id and p.roles && array['Officer', 'Approver'] and p.user_id <> r.written_by
            where not exists (select from guard_rail_decisions d where d.guard_rail_id = r.id)
            union all
            select 'TermsChanged', d.tenant_id, d.id, null, p.user_id, p.organisation_id, null, c.ko, c.en, null, null, d.saved_at, (c.closes_at at time zone 'Asia/Seoul')::date
            from application_drafts d
            join calls c on c.tenant_id = d.tenant_id and c.id = d.call_id and c.status = 'Announced' and c.closes_at > {0} and c.definition_version_id <> d.definition_version_id
            join people p on p.organisation_id = d.firm_id
            union all
            select case c.standing when 'Waiting' then 'Waitlisted' else 'Promoted' end, c.tenant_id, case c.standing when 'Waiting' then c.id else c.application_id end, c.application_id,
                p.user_id, p.organisation_id, null, null, null, null, c.rank, coalesce(c.selected_at, c.waiting_since), null
            from candidates c
            join applications a on a.tenant_id = c.tenant_id and a.id = c.application_id
            join people p on p.organisation_id = a.firm_id
            where c.waiting_since is not null and (c.standing = 'Waiting'
                or c.standing = 'Selected' and a.status in ('Waitlisted', 'AwaitingNationalShare', 'AwaitingCommitment', 'AwaitingTask'))
            union all
            select 'CallCancelled', a.tenant_id, a.id, a.id, p.user_id, p.organisation_id, null, c.ko, c.en, null, null, n.at, null
            from applications a
            join calls c on c.tenant_id = a.tenant_id and c.id = a.call_id
            join call_notices n on n.tenant_id = c.tenant_id and n.call_id = c.id and n.kind = 'Cancellation' and n.at > {0} - interval '30 days'
            join people p on p.organisation_id = a.firm_id
            where a.status = 'Cancelled' and not exists (
                select from applications later join calls again on again.tenant_id = later.tenant_id and again.id = later.call_id
                where later.tenant_id = a.tenant_id and later.firm_id = a.firm_id and again.programme_id = c.programme_id and later.call_id <> a.call_id and later.submitted_at >= n.at)

        """;

    // Sent as a mail of its own, to whom it finds here as well as to those who have no inbox yet.
    private const string Invited = """
            union all
            select 'Invitation', i.tenant_id, i.id, null, u.id, i.organisation_id, null, null, null, null, i.times, i.invited_at, (i.expires_at at time zone 'Asia/Seoul')::date
            from invitations i join users u on u.user_name = i.email
            where i.accepted_at is null and i.withdrawn_at is null and i.expires_at > {0}

        """;

    private const string Named = """
            )
        select w.kind, w.tenant_id, host.ko as tenant_ko, host.en as tenant_en, w.id, w.application_id, coalesce(draft.programme_id, sent_back.programme_id, offender.programme_id) as programme_id, form.call_id, w.user_id, w.organisation_id,
            body.kind as organisation_kind, body.ko as organisation_ko, body.en as organisation_en, w.party,
            coalesce(w.title_ko, a.title, s.application_title) as title_ko, w.title_en,
            coalesce(a.receipt_number, s.receipt_number) as receipt_number, coalesce(a.firm_name_ko, s.firm_name) as firm_ko, a.firm_name_en as firm_en,
            w.amount, w.number, sent_back.reason, w.since, w.due_on
        from items w
        join tenants host on host.id = w.tenant_id
        left join lateral (
            select d.programme_id from definition_drafts d
            where w.kind = 'DraftToPublish' and d.tenant_id = w.tenant_id and d.ready_id = w.id limit 1) draft on true
        left join lateral (
            select r.programme_id, r.reason from draft_returns r
            where w.kind = 'DraftReturned' and r.tenant_id = w.tenant_id and r.id = w.id limit 1) sent_back on true
        left join lateral (
            select f.programme_id from guard_rail_findings f
            where w.kind = 'GuardRail' and f.tenant_id = w.tenant_id and f.id = w.id limit 1) offender on true
        left join lateral (
            select d.call_id from application_drafts d
            where w.kind = 'TermsChanged' and d.tenant_id = w.tenant_id and d.id = w.id limit 1) form on true
        left join lateral (select o.kind, o.ko, o.en from organisations o where o.id = w.organisation_id limit 1) body on true
        left join lateral (
            select x.title, x.receipt_number, x.firm_name_ko, x.firm_name_en, x.status from applications x
            where x.tenant_id = w.tenant_id and x.id = w.application_id limit 1) a on true
        left join lateral (
            select y.application_title, y.receipt_number, y.firm_name from application_shares y
            where y.tenant_id = w.tenant_id and y.application_id = w.application_id limit 1) s on true
        where w.kind = 'CallCancelled' or coalesce(a.status, '') not in ('Ineligible', 'Rejected', 'NotSelected', 'Refused', 'Declined', 'Failed', 'Withdrawn', 'Cancelled')
        """;
}
