export interface Access {
    readonly deprovisioning?: boolean | undefined;
    readonly provisioning?: boolean | undefined;
}

export declare class AccessDeniedError extends SdkError<'access_denied'> {
    protected constructor();
    readonly method: string;
    readonly name = "AccessDeniedError";
    readonly permission: Permission;
    readonly permissions: readonly Permission[];
    readonly route: string;
}

export type AccountUserActor = {
    [key: string]: unknown;
    credential_id?: null | string | undefined;
    type: 'ACCOUNT_USER';
    user_email?: null | string | undefined;
    user_id?: null | string | undefined;
};

export interface ActionOutcome {
    readonly code?: string | undefined;
    readonly id: string;
    readonly kind: PlanActionKind;
    readonly members?: readonly MemberOutcome[] | undefined;
    readonly message?: string | undefined;
    readonly outcome: OutcomeName;
    readonly remedy?: string | undefined;
    readonly target: PlanTarget;
}

export interface ActiveResult<T, Outcome extends string> {
    readonly outcome: 'accepted' | 'already' | Outcome;
    readonly resource?: T | undefined;
}

export interface Address {
    [attribute: string]: unknown;
    country?: null | string | undefined;
    formatted?: null | string | undefined;
    locality?: null | string | undefined;
    postalCode?: null | string | undefined;
    primary?: boolean | null | undefined;
    region?: null | string | undefined;
    streetAddress?: null | string | undefined;
    type?: 'home' | 'other' | 'work' | (string & {}) | null | undefined;
}

export type AdminActionData = {
    APP_ACTIVATE: {
        [key: string]: unknown;
        app_id?: string | undefined;
        app_name?: null | string | undefined;
    };
    APP_ALLOW_USER: {
        [key: string]: unknown;
        allowed_user_id?: string | undefined;
        app_id?: string | undefined;
        app_name?: null | string | undefined;
    };
    APP_CREATE: {
        [key: string]: unknown;
        app_id?: string | undefined;
        app_name?: null | string | undefined;
        knowledge_app_type?: null | string | undefined;
    };
    APP_DELETE: {
        [key: string]: unknown;
        app_id?: string | undefined;
        app_name?: null | string | undefined;
    };
    APP_DISALLOW_USER: {
        [key: string]: unknown;
        app_id?: string | undefined;
        disallowed_user_id?: string | undefined;
    };
    APP_PUBLISH: {
        [key: string]: unknown;
        affected_connector_ids?: null | string[] | undefined;
        app_id?: string | undefined;
        changed_fields?: null | string[] | undefined;
        changed_fields_by_connector?: Record<string, unknown> | null | undefined;
        context_plugin_id?: null | string | undefined;
        new_workspace_permissions_by_connector?: Record<string, unknown> | null | undefined;
        previous_workspace_permissions_by_connector?: Record<string, unknown> | null | undefined;
        source_surface?: 'admin_apps' | 'admin_plugins' | OtherName | null | undefined;
    };
    APP_UPDATE_ACCESS_POLICY: {
        [key: string]: unknown;
        allow_all_in_workspace?: boolean | null | undefined;
        app_id?: string | undefined;
        app_name?: null | string | undefined;
    };
    APP_UPDATE_NAME: {
        [key: string]: unknown;
        app_id?: string | undefined;
        new_name?: null | string | undefined;
        old_name?: null | string | undefined;
    };
    CUSTOM_GPT_ALLOW_THIRD_PARTY: {
        [key: string]: unknown;
        value?: unknown;
    };
    CUSTOM_GPT_APPROVE_THIRD_PARTY_FOR_WORKSPACE: {
        [key: string]: unknown;
        third_party_gizmo_id?: string | undefined;
    };
    CUSTOM_GPT_CHANGE_OWNER: {
        [key: string]: unknown;
        id?: string | undefined;
        new_owner_email?: null | string | undefined;
    };
    CUSTOM_GPT_CHANGE_VISIBILITY: {
        [key: string]: unknown;
        id?: string | undefined;
        shared_to?: null | undefined | {
            [key: string]: unknown;
            group_id?: null | string | undefined;
            type?: 'email' | 'group' | 'link' | 'marketplace' | 'private' | 'user' | 'workspace' | 'workspace_link' | OtherName | undefined;
            user_email?: null | string | undefined;
            user_id?: null | string | undefined;
        }[];
    };
    CUSTOM_GPT_DELETE: {
        [key: string]: unknown;
        id?: string | undefined;
    };
    CUSTOM_GPT_REMOVE_THIRD_PARTY_FOR_WORKSPACE: {
        [key: string]: unknown;
        third_party_gizmo_id?: string | undefined;
    };
    CUSTOM_GPT_SET_ALLOWED_ACTION_DOMAINS: {
        [key: string]: unknown;
        domains?: null | string[] | undefined;
    };
    DOMAIN_CHECK: {
        [key: string]: unknown;
        domain_id?: string | undefined;
    };
    DOMAIN_CREATE: {
        [key: string]: unknown;
        domain_id?: string | undefined;
        hostname?: string | undefined;
    };
    DOMAIN_DELETE: {
        [key: string]: unknown;
        domain_id?: string | undefined;
    };
    GROUP_ADD_USERS: {
        [key: string]: unknown;
        email_addresses?: null | string[] | undefined;
        group_id?: string | undefined;
    };
    GROUP_CREATE: {
        [key: string]: unknown;
        group_id?: string | undefined;
        name?: null | string | undefined;
    };
    GROUP_DELETE: {
        [key: string]: unknown;
        group_id?: string | undefined;
    };
    GROUP_EDIT: {
        [key: string]: unknown;
        added_user_id?: null | string | undefined;
        group_id?: string | undefined;
        new_name?: null | string | undefined;
    };
    GROUP_REMOVE_USER: {
        [key: string]: unknown;
        group_id?: string | undefined;
        removed_user_id?: string | undefined;
    };
    INVITE_ACCEPT_ALL: {
        [key: string]: unknown;
        total_requested?: null | number | undefined;
    };
    INVITE_DELETE: {
        [key: string]: unknown;
        email_address?: null | string | undefined;
    };
    INVITE_SEND: {
        [key: string]: unknown;
        email_addresses?: null | string[] | undefined;
        role?: null | string | undefined;
    };
    INVITE_SET_ALLOW_EXTERNAL_DOMAINS: {
        [key: string]: unknown;
        value?: boolean | null | undefined;
    };
    INVITE_SET_AUTO_ACCEPT_JOIN_REQUESTS: {
        [key: string]: unknown;
        value?: boolean | null | undefined;
    };
    INVITE_USERS: {
        [key: string]: unknown;
        email_addresses?: null | string[] | undefined;
        role?: null | string | undefined;
    };
    INVITE_USER_REQUEST: {
        [key: string]: unknown;
        email_address?: null | string | undefined;
    };
    PLUGIN_UPDATE_INSTALLATION_POLICY: {
        [key: string]: unknown;
        changed_fields?: null | string[] | undefined;
        installation_policy?: unknown;
        installation_policy_before?: unknown;
        installed_by_default_role_ids?: null | string[] | undefined;
        installed_by_default_role_ids_before?: null | string[] | undefined;
        plugin_id?: string | undefined;
        source_surface?: 'admin_plugins' | OtherName | null | undefined;
    };
    SAML_CREATE_CONNECTION: {
        [key: string]: unknown;
        sign_in_endpoint?: null | string | undefined;
    };
    SCIM_SET_EMAIL_INVITES_ENABLED: {
        [key: string]: unknown;
        sign_in_endpoint?: null | string | undefined;
    };
    SUBSCRIPTION_SET_OVERAGE_LIMIT: {
        [key: string]: unknown;
        overage_limit_credits?: 'unlimited' | OtherName | null | number | undefined;
    };
    SUBSCRIPTION_SET_USAGE_ALERTS: {
        [key: string]: unknown;
        alert_recipients?: null | undefined | {
            [key: string]: unknown;
            type?: 'email' | OtherName | undefined;
            value?: null | string | undefined;
        }[];
        alert_thresholds?: null | undefined | {
            [key: string]: unknown;
            credits?: null | number | undefined;
            type?: 'absolute' | OtherName | undefined;
        }[];
    };
    USER_DELETE: {
        [key: string]: unknown;
        deleted_user_id?: string | undefined;
    };
    USER_LOGGED_OUT_BY_ADMIN: {
        [key: string]: unknown;
        logged_out_user_id?: string | undefined;
    };
    USER_ROLE_UPDATED: {
        [key: string]: unknown;
        new_role?: string | undefined;
        user_id?: string | undefined;
    };
    WORKSPACE_SET_AUTO_PROVISION: {
        [key: string]: unknown;
        value?: boolean | null | undefined;
    };
    WORKSPACE_SET_COMPLIANCE_API_IP_ALLOWLIST: {
        [key: string]: unknown;
        allowed_ips?: null | string[] | undefined;
    };
    WORKSPACE_SET_FEDRAMP_BANNER: {
        [key: string]: unknown;
        classification?: null | string | undefined;
        enabled?: boolean | null | undefined;
        markdown?: null | string | undefined;
    };
    WORKSPACE_SET_IP_ALLOWLIST: {
        [key: string]: unknown;
        allowed_ips?: null | string[] | undefined;
    };
    WORKSPACE_SET_IS_DISCOVERABLE: {
        [key: string]: unknown;
        public_display_name?: null | string | undefined;
        use_workspace_name_for_discovery?: boolean | null | undefined;
        value?: boolean | null | undefined;
    };
    WORKSPACE_SET_POLICY: {
        [key: string]: unknown;
        workspace_policy?: unknown;
    };
    WORKSPACE_SET_SHARING_PERMISSION: {
        [key: string]: unknown;
        feature?: string | undefined;
        value?: unknown;
    };
    WORKSPACE_SET_SYSTEM_INSTRUCTION: {
        [key: string]: unknown;
        system_instruction?: null | string | undefined;
    };
    WORKSPACE_TOGGLE_FEATURE: {
        [key: string]: unknown;
        affected_connector_ids?: null | string[] | undefined;
        app_id?: null | string | undefined;
        changed_fields?: null | string[] | undefined;
        changed_fields_by_connector?: Record<string, unknown> | null | undefined;
        context_plugin_id?: null | string | undefined;
        feature?: string | undefined;
        new_workspace_permissions_by_connector?: Record<string, unknown> | null | undefined;
        previous_workspace_permissions_by_connector?: Record<string, unknown> | null | undefined;
        source_surface?: 'admin_apps' | 'admin_plugins' | OtherName | null | undefined;
        value?: unknown;
    };
};

export interface AdminBehaviour {
    readonly limits: 'amounts' | 'credits';
    readonly staleMembersMs: number;
    readonly unpublishedPaging: 'after' | 'cursor';
}

export type AdminCategory = 'groups' | 'invites' | 'members' | 'serviceAccounts' | 'usage' | 'usageLimits';

export declare class AdminClient<const Options extends WorkspaceNames = WorkspaceNames> {
    constructor(options: AdminClientOptions & {
        readonly [Name in keyof Options & keyof WorkspaceNames]?: Options[Name] | WorkspaceNames[Name];
    });
    get<const Route extends AdminRoute>(route: Route, ...[query, options]: RouteArguments<Route, NamesSeveral<Options>>): Promise<unknown>;
    readonly groups: AdminGroups<NamesSeveral<Options>>;
    readonly invites: AdminInvites<NamesSeveral<Options>>;
    readonly members: AdminMembers<NamesSeveral<Options>>;
    readonly serviceAccounts: AdminServiceAccounts<NamesSeveral<Options>>;
    readonly usage: AdminUsage<NamesSeveral<Options>>;
    readonly usageLimits: AdminUsageLimits<NamesSeveral<Options>>;
    get workspaceIds(): readonly string[];
}

export interface AdminClientOptions extends ClientOptions {
    readonly apiKey: AuditLogKey | AuditLogKeys;
    readonly baseUrl?: string | undefined;
    readonly rateLimit?: ClientOptions['rateLimit'];
    readonly workspaceIds?: readonly string[] | string | undefined;
}

export interface AdminGroup {
    readonly [field: string]: unknown;
    readonly created_at?: number | undefined;
    readonly id: string;
    readonly member_count?: number | undefined;
    readonly name?: string | undefined;
    readonly object?: 'directory.workspace.group' | (string & {}) | undefined;
    readonly scim?: AdminScimGroup | null | undefined;
    readonly source?: 'manual' | 'scim' | (string & {}) | undefined;
    readonly workspace_id?: string | undefined;
}

export declare class AdminGroups<Several extends boolean = false> {
    protected constructor();
    get(id: string, ...[query, options]: QueryArguments<WorkspaceQuery, Several>): Promise<AdminGroup>;
    iterate(...[query, options]: QueryArguments<GroupIterateQuery, Several>): AdminList<AdminGroup>;
    list(...[query, options]: QueryArguments<GroupListQuery, Several>): Promise<AdminPage<AdminGroup>>;
    listMembers(id: string, ...[query, options]: QueryArguments<GroupListQuery, Several>): Promise<AdminPage<GroupMember_2>>;
    members(id: string, ...[query, options]: QueryArguments<GroupIterateQuery, Several>): AdminList<GroupMember_2>;
}

export declare class AdminInvites<Several extends boolean = false> {
    protected constructor();
    get(id: string, ...[query, options]: QueryArguments<WorkspaceQuery, Several>): Promise<Invite>;
    iterate(...[query, options]: QueryArguments<AdminIterateQuery, Several>): AdminList<Invite>;
    list(...[query, options]: QueryArguments<AdminListQuery, Several>): Promise<AdminPage<Invite>>;
}

export interface AdminIterateQuery extends AdminListQuery {
    readonly maxPages?: number | undefined;
}

export interface AdminList<T> extends List<T> {
    pages(): AsyncIterable<AdminPage<T>>;
}

export interface AdminListQuery extends WorkspaceQuery {
    readonly cursor?: string | undefined;
}

export declare class AdminMembers<Several extends boolean = false> {
    protected constructor();
    find(query: FindQuery<Several>, options?: QueryArguments<WorkspaceQuery, false>[1]): Promise<Member | undefined>;
    get(id: string, ...[query, options]: QueryArguments<WorkspaceQuery, Several>): Promise<Member>;
    groups(id: string, ...[query, options]: QueryArguments<GroupIterateQuery, Several>): AdminList<AdminGroup>;
    iterate(...[query, options]: QueryArguments<MemberIterateQuery, Several>): AdminList<Member>;
    list(...[query, options]: QueryArguments<MemberListQuery, Several>): Promise<AdminPage<Member>>;
    listGroups(id: string, ...[query, options]: QueryArguments<GroupListQuery, Several>): Promise<AdminPage<AdminGroup>>;
}

export interface AdminOptions {
    readonly quirks?: Partial<AdminBehaviour> | undefined;
}

export interface AdminPage<T> {
    readonly envelope: Readonly<Record<string, unknown>>;
    readonly items: readonly T[];
    readonly nextCursor?: string | undefined;
    readonly requestId?: string | undefined;
}

export type AdminRoute = `/analytics/codex/workspaces/{workspace_id}/${string}` | `/analytics/workspaces/{workspace_id}/${string}` | `/manage/workspaces/{workspace_id}/${string}`;

export interface AdminRouteQuery extends WorkspaceQuery, RouteValues {
}

export type AdminRoute_2 = (typeof adminRoutes)[number];

export interface AdminScimGroup {
    readonly [field: string]: unknown;
    readonly display_name?: string | undefined;
    readonly id?: string | undefined;
}

export type AdminScope = 'chatgpt.enterprise.directory.read' | 'chatgpt.enterprise.service_account.read' | 'chatgpt.enterprise.usage_limit.read' | 'chatgpt.enterprise.user.read' | 'enterprise.analytics.usage.read' | 'invitations';

export declare class AdminServiceAccounts<Several extends boolean = false> {
    protected constructor();
    credentials(id: string, ...[query, options]: QueryArguments<AdminIterateQuery, Several>): AdminList<ServiceAccountCredential>;
    get(id: string, ...[query, options]: QueryArguments<WorkspaceQuery, Several>): Promise<ServiceAccount>;
    iterate(...[query, options]: QueryArguments<AdminIterateQuery, Several>): AdminList<ServiceAccount>;
    list(...[query, options]: QueryArguments<AdminListQuery, Several>): Promise<AdminPage<ServiceAccount>>;
    listCredentials(id: string, ...[query, options]: QueryArguments<AdminListQuery, Several>): Promise<AdminPage<ServiceAccountCredential>>;
}

export declare class AdminUsage<Several extends boolean = false> {
    protected constructor();
    iterate(...[query, options]: QueryArguments<UsageIterateQuery, Several>): AdminList<DailyUsage>;
    list(...[query, options]: QueryArguments<UsageListQuery, Several>): Promise<AdminPage<DailyUsage>>;
}

export declare class AdminUsageLimitList<Row, Query extends UserLimitQuery, Several extends boolean = false> {
    protected constructor();
    iterate(...[query, options]: QueryArguments<UsageLimitIterateQuery & Query, Several>): AdminList<Row>;
    list(...[query, options]: QueryArguments<UsageLimitListQuery & Query, Several>): Promise<AdminPage<Row>>;
}

export declare class AdminUsageLimits<Several extends boolean = false> {
    protected constructor();
    group(id: string, ...[query, options]: QueryArguments<WorkspaceQuery, Several>): Promise<GroupUsageLimit>;
    readonly groups: AdminUsageLimitList<GroupUsageLimit, object, Several>;
    monthlyUsage(id: string, ...[query, options]: QueryArguments<WorkspaceQuery, Several>): Promise<MonthlyUsage>;
    readonly requests: AdminUsageLimitList<UsageLimitRequest, object, Several>;
    user(id: string, ...[query, options]: QueryArguments<WorkspaceQuery, Several>): Promise<UserUsageLimit>;
    readonly users: AdminUsageLimitList<UserUsageLimit, UserLimitQuery, Several>;
    workspace(...[query, options]: QueryArguments<WorkspaceQuery, Several>): Promise<WorkspaceUsageLimit>;
}

export interface AdminVerdict {
    readonly category: AdminCategory;
    readonly code?: CheckCode;
    readonly permission: string;
    readonly verdict: Verdict;
}

export type AgentActor = {
    [key: string]: unknown;
    agent_runtime?: null | undefined | {
        [key: string]: unknown;
        delegator?: null | undefined | {
            [key: string]: unknown;
            credential_id?: null | string | undefined;
            type?: 'ACCOUNT_USER' | OtherName | undefined;
            user_email?: null | string | undefined;
            user_id?: null | string | undefined;
        };
        id?: null | string | undefined;
    };
    agent_task?: null | undefined | {
        [key: string]: unknown;
        id?: null | string | undefined;
    };
    id?: null | string | undefined;
    name?: null | string | undefined;
    product_id?: null | string | undefined;
    product_type?: null | string | undefined;
    type: 'AGENT';
};

export type AgentClientId = 'AGENT_BUILDER_WEB' | 'CHATGPT_WEB' | 'CUSTOM_AGENTS_UNKNOWN' | 'ENTERPRISE_COMPLIANCE_API' | 'FIRST_PARTY_ECOSYSTEM';

export type AgentDetails = {
    AGENT_CREATED: {
        [key: string]: unknown;
        agent_fields?: AgentFields | null | undefined;
        agent_id?: string | undefined;
        version_id?: null | string | undefined;
    };
    AGENT_DELETED: {
        [key: string]: unknown;
        agent_fields?: AgentFields | null | undefined;
        agent_id?: string | undefined;
        delete_reason?: null | string | undefined;
        had_published_version?: boolean | null | undefined;
        trigger_count?: null | number | undefined;
        version_id?: null | string | undefined;
    };
    AGENT_PUBLISHED: {
        [key: string]: unknown;
        agent_fields?: AgentFields | null | undefined;
        agent_id?: string | undefined;
        changes_count?: null | number | undefined;
        publish_type?: null | string | undefined;
        release_description?: null | string | undefined;
        release_name?: null | string | undefined;
        version_id?: null | string | undefined;
    };
    AGENT_RUN_COMPLETED: {
        [key: string]: unknown;
        agent_id?: string | undefined;
        run_id?: string | undefined;
        version_id?: null | string | undefined;
    };
    AGENT_RUN_CREATED: {
        [key: string]: unknown;
        agent_id?: string | undefined;
        conversation_id?: null | string | undefined;
        invoker?: null | undefined | {
            [key: string]: unknown;
            connector_id?: null | string | undefined;
            initiator?: null | undefined | {
                [key: string]: unknown;
                auth_user_id?: null | string | undefined;
                display_name?: null | string | undefined;
                id?: null | string | undefined;
                kind?: 'account_user' | 'trigger_api' | 'trigger_generic' | 'trigger_schedule' | 'trigger_webhook' | OtherName | undefined;
            };
            is_shared_invocation?: boolean | null | undefined;
            schedule_id?: null | string | undefined;
            type?: 'api_trigger' | 'chatgpt' | 'schedule_trigger' | 'webhook_trigger' | OtherName | undefined;
            user_message_text?: null | string | undefined;
            webhook_name?: null | string | undefined;
        };
        run_id?: string | undefined;
        version_id?: null | string | undefined;
    };
    AGENT_RUN_FAILED: {
        [key: string]: unknown;
        agent_id?: string | undefined;
        failure_message?: null | string | undefined;
        run_id?: string | undefined;
        version_id?: null | string | undefined;
    };
    AGENT_RUN_MESSAGE: {
        [key: string]: unknown;
        agent_id?: string | undefined;
        message_id?: string | undefined;
        phase?: 'commentary' | 'final_answer' | OtherName | null | undefined;
        run_id?: string | undefined;
        text?: null | string | undefined;
        version_id?: null | string | undefined;
    };
    AGENT_UPDATED: {
        [key: string]: unknown;
        agent_fields?: AgentFields | null | undefined;
        agent_id?: string | undefined;
        save_source?: null | string | undefined;
        version_id?: null | string | undefined;
    };
    CONNECTOR_CALL_COMPLETED: {
        [key: string]: unknown;
        action_name?: null | string | undefined;
        agent_id?: string | undefined;
        connector_id?: null | string | undefined;
        connector_name?: null | string | undefined;
        link_id?: null | string | undefined;
        run_id?: string | undefined;
        status?: 'failed' | 'success' | OtherName | null | undefined;
        tool_call_id?: string | undefined;
        version_id?: null | string | undefined;
    };
    CONNECTOR_CALL_REQUESTED: {
        [key: string]: unknown;
        action_name?: null | string | undefined;
        agent_id?: string | undefined;
        connector_id?: null | string | undefined;
        connector_name?: null | string | undefined;
        elicitation_type?: 'approval' | 'end_user_auth' | OtherName | null | undefined;
        link_id?: null | string | undefined;
        requires_elicitation?: boolean | null | undefined;
        run_id?: string | undefined;
        tool_call_id?: string | undefined;
        version_id?: null | string | undefined;
    };
    CONNECTOR_OAUTH_RESOLVED: {
        [key: string]: unknown;
        agent_id?: string | undefined;
        connector_id?: null | string | undefined;
        conversation_id?: null | string | undefined;
        interaction_id?: null | string | undefined;
        link_id?: null | string | undefined;
        run_id?: string | undefined;
        tool_call_id?: null | string | undefined;
        version_id?: null | string | undefined;
    };
    MEMORY_DELETE: {
        [key: string]: unknown;
        access_method?: 'delete' | OtherName | null | undefined;
        agent_id?: string | undefined;
        memory_path?: null | string | undefined;
        run_id?: string | undefined;
        version_id?: null | string | undefined;
    };
    MEMORY_READ: {
        [key: string]: unknown;
        access_method?: 'list' | 'read' | 'search' | OtherName | null | undefined;
        agent_id?: string | undefined;
        memory_path?: null | string | undefined;
        run_id?: string | undefined;
        version_id?: null | string | undefined;
    };
    MEMORY_WRITE: {
        [key: string]: unknown;
        access_method?: 'create' | 'update' | OtherName | null | undefined;
        agent_id?: string | undefined;
        memory_path?: null | string | undefined;
        run_id?: string | undefined;
        version_id?: null | string | undefined;
    };
    SKILL_USED: {
        [key: string]: unknown;
        agent_id?: string | undefined;
        run_id?: string | undefined;
        skill_id?: string | undefined;
        skill_name?: null | string | undefined;
        skill_type?: 'chatgpt_skill_ref' | 'uploaded_skill' | OtherName | null | undefined;
        version_id?: null | string | undefined;
    };
    TRIGGER_CREATED: {
        [key: string]: unknown;
        agent_id?: string | undefined;
        trigger_fields?: null | undefined | {
            [key: string]: unknown;
        };
        trigger_id?: string | undefined;
        trigger_type?: null | string | undefined;
    };
    TRIGGER_DELETED: {
        [key: string]: unknown;
        agent_id?: string | undefined;
        trigger_fields?: null | undefined | {
            [key: string]: unknown;
        };
        trigger_id?: string | undefined;
        trigger_type?: null | string | undefined;
    };
    TRIGGER_UPDATED: {
        [key: string]: unknown;
        agent_id?: string | undefined;
        trigger_fields?: null | undefined | {
            [key: string]: unknown;
        };
        trigger_id?: string | undefined;
        trigger_type?: null | string | undefined;
    };
};

export type AgentEvent = ByEventType<AgentEventBase, AgentDetails>;

export type AgentEventBase = {
    [key: string]: unknown;
    actor?: EventActor | undefined;
    client_id?: AgentClientId | OtherName | null | undefined;
    event_details?: undefined | {
        [key: string]: unknown;
        detail_type?: null | string | undefined;
    };
    event_id: string;
    event_type?: string | undefined;
    principal?: EventPrincipal | undefined;
    timestamp: string;
    type: 'CUSTOM_AGENTS_LOG';
    workspace_id?: null | string | undefined;
};

export type AgentEventType = 'AGENT_CREATED' | 'AGENT_DELETED' | 'AGENT_PUBLISHED' | 'AGENT_RUN_COMPLETED' | 'AGENT_RUN_CREATED' | 'AGENT_RUN_FAILED' | 'AGENT_RUN_MESSAGE' | 'AGENT_UPDATED' | 'CONNECTOR_CALL_COMPLETED' | 'CONNECTOR_CALL_REQUESTED' | 'CONNECTOR_OAUTH_RESOLVED' | 'MEMORY_DELETE' | 'MEMORY_READ' | 'MEMORY_WRITE' | 'SKILL_USED' | 'TRIGGER_CREATED' | 'TRIGGER_DELETED' | 'TRIGGER_UPDATED';

export type AgentFields = {
    [key: string]: unknown;
    category?: null | string | undefined;
    description?: null | string | undefined;
    file_tree_id?: null | string | undefined;
    model?: null | string | undefined;
    model_spec?: null | undefined | {
        [key: string]: unknown;
        name?: null | string | undefined;
        reasoning_effort?: null | string | undefined;
    };
    name?: null | string | undefined;
    prompt?: null | string | undefined;
    skills?: null | undefined | {
        [key: string]: unknown;
        id?: null | string | undefined;
        name?: null | string | undefined;
        type?: null | string | undefined;
    }[];
    starter_prompts?: null | undefined | unknown[];
    store_visible?: boolean | null | undefined;
    tagline?: null | string | undefined;
    tools?: null | undefined | {
        [key: string]: unknown;
        connectors?: null | undefined | {
            [key: string]: unknown;
            allowed_tools?: null | undefined | unknown[];
            auth_variant_type?: null | string | undefined;
            connector_id?: null | string | undefined;
            link_id?: null | string | undefined;
            user_approvals?: unknown;
        }[];
        image_generation_enabled?: boolean | null | undefined;
        web_search?: unknown;
        widget_tools?: null | undefined | unknown[];
    };
    workspace_capability?: null | string | undefined;
};

export type AllEventTypes<Options> = ('organizationId' extends GivenIds<Options> ? (typeof organizationEventTypes)[number] : never) | ('platform' extends GivenIds<Options> ? (typeof platformLogTypes)[number] : never) | ('workspaceIds' extends GivenIds<Options> ? (typeof workspaceEventTypes)[number] : never);

export interface AllPrincipals extends WorkspacePrincipals {
    readonly organizationId?: string | undefined;
}

export type Amount = {
    [key: string]: unknown;
    unit?: string | undefined;
    value?: number | undefined;
};

export type ApiKeyActionData = {
    ADD_WORKSPACE_DIRECTORY_GROUP_USER: {
        [key: string]: unknown;
        group_id?: null | string | undefined;
        user_id?: null | string | undefined;
        workspace_id?: null | string | undefined;
    };
    DELETE_AUTOMATION: {
        [key: string]: unknown;
        automation_id?: null | string | undefined;
        user_id?: null | string | undefined;
    };
    DELETE_CANVAS_TEXT_DOC: {
        [key: string]: unknown;
        textdoc_id?: null | string | undefined;
        user_id?: null | string | undefined;
    };
    DELETE_CODEX_ENVIRONMENT: {
        [key: string]: unknown;
        environment_id?: null | string | undefined;
    };
    DELETE_CODEX_TASK: {
        [key: string]: unknown;
        task_id?: null | string | undefined;
    };
    DELETE_CONVERSATION: {
        [key: string]: unknown;
        conversation_id?: null | string | undefined;
    };
    DELETE_CUSTOM_AGENT: {
        [key: string]: unknown;
        agent_id?: null | string | undefined;
    };
    DELETE_GPT: {
        [key: string]: unknown;
        gpt_id?: null | string | undefined;
    };
    DELETE_GPT_FILE: {
        [key: string]: unknown;
        file_id?: null | string | undefined;
        gpt_id?: null | string | undefined;
    };
    DELETE_MEMORY: {
        [key: string]: unknown;
        auth_user_id?: null | string | undefined;
        memory_context_id?: null | string | undefined;
        memory_id?: null | string | undefined;
    };
    DELETE_PROJECT: {
        [key: string]: unknown;
        project_id?: null | string | undefined;
    };
    DELETE_PROJECT_CONNECTOR_SCOPE: {
        [key: string]: unknown;
        project_id?: null | string | undefined;
        scope_id?: null | string | undefined;
    };
    DELETE_PROJECT_FILE: {
        [key: string]: unknown;
        file_id?: null | string | undefined;
        project_id?: null | string | undefined;
    };
    DELETE_PROJECT_GROUP_CHAT: {
        [key: string]: unknown;
        project_id?: null | string | undefined;
        room_id?: null | string | undefined;
    };
    DELETE_RECORDING: {
        [key: string]: unknown;
        recording_id?: null | string | undefined;
        user_id?: null | string | undefined;
    };
    DELETE_REMOTE_CONTROL_CLIENT: {
        [key: string]: unknown;
        client_id?: null | string | undefined;
        user_id?: null | string | undefined;
    };
    DELETE_REMOTE_CONTROL_ENVIRONMENT: {
        [key: string]: unknown;
        environment_id?: null | string | undefined;
        user_id?: null | string | undefined;
    };
    DELETE_REMOTE_CONTROL_THREAD: {
        [key: string]: unknown;
        environment_id?: null | string | undefined;
        remote_thread_id?: null | string | undefined;
        user_id?: null | string | undefined;
    };
    DELETE_USER_FILE: {
        [key: string]: unknown;
        conversation_id?: null | string | undefined;
        file_id?: null | string | undefined;
    };
    DELETE_WORKSPACE_DIRECTORY_GROUP_USER: {
        [key: string]: unknown;
        group_id?: null | string | undefined;
        user_id?: null | string | undefined;
        workspace_id?: null | string | undefined;
    };
    DELETE_WORKSPACE_SKILL: {
        [key: string]: unknown;
        skill_id?: null | string | undefined;
    };
    DOWNLOAD_ORGANIZATION_LOG_FILE: {
        [key: string]: unknown;
        event_type?: null | string | undefined;
        log_file_id?: null | string | undefined;
    };
    DOWNLOAD_RECORDING_TRANSCRIPT: {
        [key: string]: unknown;
        include_summary?: unknown;
        recording_id?: null | string | undefined;
        user_id?: null | string | undefined;
    };
    DOWNLOAD_WORKSPACE_LOG_FILE: {
        [key: string]: unknown;
        event_type?: null | string | undefined;
        log_file_id?: null | string | undefined;
    };
    EXPORT_WORKSPACE_SKILL: {
        [key: string]: unknown;
        skill_id?: null | string | undefined;
    };
    GET_CANVAS_CONTENT: {
        [key: string]: unknown;
        after?: null | string | undefined;
        limit?: null | number | string | undefined;
        textdoc_id?: null | string | undefined;
        user_id?: null | string | undefined;
    };
    GET_CODEX_TASK: {
        [key: string]: unknown;
        task_id?: null | string | undefined;
    };
    GET_CODE_ENVIRONMENT: {
        [key: string]: unknown;
        codex_environment_id?: null | string | undefined;
    };
    GET_GPT_FILE: {
        [key: string]: unknown;
        file_id?: null | string | undefined;
    };
    GET_GPT_INFO: {
        [key: string]: unknown;
        file_format?: 'id' | 'url' | OtherName | null | undefined;
        gpt_id?: null | string | undefined;
    };
    GET_PLUGIN: {
        [key: string]: unknown;
        plugin_id?: null | string | undefined;
    };
    GET_PROJECT_FILE: {
        [key: string]: unknown;
        file_id?: null | string | undefined;
    };
    GET_PROJECT_INFO: {
        [key: string]: unknown;
        file_format?: 'id' | 'url' | OtherName | null | undefined;
        project_id?: null | string | undefined;
    };
    GET_REMOTE_CONTROL_CLIENT: {
        [key: string]: unknown;
        client_id?: null | string | undefined;
        user_id?: null | string | undefined;
    };
    GET_REMOTE_CONTROL_ENVIRONMENT: {
        [key: string]: unknown;
        environment_id?: null | string | undefined;
        user_id?: null | string | undefined;
    };
    GET_REMOTE_CONTROL_THREAD: {
        [key: string]: unknown;
        environment_id?: null | string | undefined;
        remote_thread_id?: null | string | undefined;
        user_id?: null | string | undefined;
    };
    GET_USER_FILE: {
        [key: string]: unknown;
        conversation_id?: null | string | undefined;
        file_id?: null | string | undefined;
        user_id?: null | string | undefined;
    };
    GET_USER_MEMORIES: {
        [key: string]: unknown;
        since_timestamp?: null | number | string | undefined;
        user_id?: null | string | undefined;
    };
    GET_WORKSPACE_AGENT: {
        [key: string]: unknown;
        agent_id?: null | string | undefined;
    };
    GET_WORKSPACE_DIRECTORY_GROUP: {
        [key: string]: unknown;
        group_id?: null | string | undefined;
        workspace_id?: null | string | undefined;
    };
    ISOLATE_GPT: {
        [key: string]: unknown;
        gpt_id?: null | string | undefined;
    };
    ISOLATE_PROJECT: {
        [key: string]: unknown;
        project_id?: null | string | undefined;
    };
    LIST_CODEX_TASKS: {
        [key: string]: unknown;
    };
    LIST_CODE_ENVIRONMENTS: {
        [key: string]: unknown;
        after?: null | string | undefined;
        limit?: null | number | string | undefined;
    };
    LIST_MEMORIES: {
        [key: string]: unknown;
        after?: null | string | undefined;
        limit?: null | number | string | undefined;
        since_timestamp?: null | number | string | undefined;
    };
    LIST_ORGANIZATION_LOG_FILES: {
        [key: string]: unknown;
        after?: null | string | undefined;
        before?: null | string | undefined;
        event_type?: null | string | string[] | undefined;
        limit?: null | number | string | undefined;
    };
    LIST_PLUGINS: {
        [key: string]: unknown;
        cursor?: null | string | undefined;
        limit?: null | number | string | undefined;
    };
    LIST_PROJECT_GROUP_CHATS: {
        [key: string]: unknown;
        cursor?: null | string | undefined;
        limit?: null | number | string | undefined;
        project_id?: null | string | undefined;
    };
    LIST_PROJECT_GROUP_CHAT_MESSAGES: {
        [key: string]: unknown;
        cursor?: null | string | undefined;
        limit?: null | number | string | undefined;
        project_id?: null | string | undefined;
        room_id?: null | string | undefined;
    };
    LIST_REMOTE_CONTROL_CLIENTS: {
        [key: string]: unknown;
        cursor?: null | string | undefined;
        limit?: null | number | string | undefined;
        user_id?: null | string | undefined;
    };
    LIST_REMOTE_CONTROL_ENVIRONMENTS: {
        [key: string]: unknown;
        cursor?: null | string | undefined;
        limit?: null | number | string | undefined;
        user_id?: null | string | undefined;
    };
    LIST_REMOTE_CONTROL_THREADS: {
        [key: string]: unknown;
        cursor?: null | string | undefined;
        environment_id?: null | string | undefined;
        limit?: null | number | string | undefined;
        user_id?: null | string | undefined;
    };
    LIST_USER_AUTOMATIONS: {
        [key: string]: unknown;
        after?: null | string | undefined;
        limit?: null | number | string | undefined;
        since_timestamp?: null | number | string | undefined;
        user_id?: null | string | undefined;
    };
    LIST_USER_CANVASES: {
        [key: string]: unknown;
        after?: null | string | undefined;
        limit?: null | number | string | undefined;
        user_id?: null | string | undefined;
    };
    LIST_USER_RECORDINGS: {
        [key: string]: unknown;
        cursor?: null | string | undefined;
        limit?: null | number | string | undefined;
        user_id?: null | string | undefined;
    };
    LIST_WORKSPACE_AGENTS: {
        [key: string]: unknown;
        cursor?: null | string | undefined;
        limit?: null | number | string | undefined;
        owner_id?: null | string | undefined;
    };
    LIST_WORKSPACE_DIRECTORY_GROUPS: {
        [key: string]: unknown;
        cursor?: null | string | undefined;
        limit?: null | number | string | undefined;
        order?: null | string | undefined;
        workspace_id?: null | string | undefined;
    };
    LIST_WORKSPACE_DIRECTORY_GROUP_USERS: {
        [key: string]: unknown;
        cursor?: null | string | undefined;
        group_id?: null | string | undefined;
        limit?: null | number | string | undefined;
        order?: null | string | undefined;
        workspace_id?: null | string | undefined;
    };
    LIST_WORKSPACE_DIRECTORY_USER_GROUPS: {
        [key: string]: unknown;
        cursor?: null | string | undefined;
        limit?: null | number | string | undefined;
        order?: null | string | undefined;
        user_id?: null | string | undefined;
        workspace_id?: null | string | undefined;
    };
    LIST_WORKSPACE_GPTS: {
        [key: string]: unknown;
        after?: null | string | undefined;
        file_format?: 'id' | 'url' | OtherName | null | undefined;
        limit?: null | number | string | undefined;
    };
    LIST_WORKSPACE_GPT_CONFIGS: {
        [key: string]: unknown;
        after?: null | string | undefined;
        file_format?: 'id' | 'url' | OtherName | null | undefined;
        gpt_id?: null | string | undefined;
        limit?: null | number | string | undefined;
    };
    LIST_WORKSPACE_GPT_USERS: {
        [key: string]: unknown;
        after?: null | string | undefined;
        gpt_id?: null | string | undefined;
        limit?: null | number | string | undefined;
    };
    LIST_WORKSPACE_LOG_FILES: {
        [key: string]: unknown;
        after?: null | string | undefined;
        before?: null | string | undefined;
        event_type?: null | string | string[] | undefined;
        limit?: null | number | string | undefined;
    };
    LIST_WORKSPACE_PROJECTS: {
        [key: string]: unknown;
        after?: null | string | undefined;
        file_format?: 'id' | 'url' | OtherName | null | undefined;
        limit?: null | number | string | undefined;
    };
    LIST_WORKSPACE_PROJECT_CONFIGS: {
        [key: string]: unknown;
        after?: null | string | undefined;
        file_format?: 'id' | 'url' | OtherName | null | undefined;
        limit?: null | number | string | undefined;
        project_id?: null | string | undefined;
    };
    LIST_WORKSPACE_PROJECT_USERS: {
        [key: string]: unknown;
        after?: null | string | undefined;
        limit?: null | number | string | undefined;
        project_id?: null | string | undefined;
    };
    LIST_WORKSPACE_SKILLS: {
        [key: string]: unknown;
        cursor?: null | string | undefined;
        limit?: null | number | string | undefined;
    };
    LIST_WORKSPACE_USERS: {
        [key: string]: unknown;
        after?: null | string | undefined;
        limit?: null | number | string | undefined;
    };
    UNPUBLISH_CUSTOM_AGENT: {
        [key: string]: unknown;
        agent_id?: null | string | undefined;
    };
};

export type ApiKeyActor = {
    [key: string]: unknown;
    redacted_id?: null | string | undefined;
    type: 'API_KEY';
};

export type AppAuthAction = 'link' | 'unlink';

export type AppAuthEvent = {
    [key: string]: unknown;
    action?: AppAuthAction | OtherName | undefined;
    actor?: EventActor | undefined;
    app_id?: null | string | undefined;
    event_id: string;
    link_id?: string | undefined;
    principal?: EventPrincipal | undefined;
    timestamp: string;
    type: 'APP_AUTH_LOG';
};

export type AppCallEvent = {
    [key: string]: unknown;
    actor?: EventActor | undefined;
    app_id?: string | undefined;
    app_name?: null | string | undefined;
    app_type?: AppType | OtherName | undefined;
    conversation_id?: null | string | undefined;
    event_id: string;
    input?: null | undefined | {
        [key: string]: unknown;
    };
    log_type?: AppCallPart | OtherName | undefined;
    output?: null | undefined | {
        [key: string]: unknown;
    }[];
    principal?: EventPrincipal | undefined;
    timestamp: string;
    type: 'APP_LOG';
};

export type AppCallPart = 'request' | 'response';

export type AppType = 'FIRST_PARTY_ECOSYSTEM' | 'MCP' | 'OPEN_API' | 'SERVICE' | 'UNKNOWN';

export interface ApplyOptions extends RequestOptions {
    readonly approve: string;
    readonly concurrency?: number | undefined;
    readonly journal: PlanJournal;
    readonly limits?: ApprovedLimits | undefined;
    readonly maxAgeMinutes?: number | undefined;
    readonly onProgress?: ((progress: ApplyProgress) => unknown) | undefined;
    readonly people?: AsyncIterable<RosterPerson> | Iterable<RosterPerson> | undefined;
    readonly policy?: PlanPolicy | undefined;
}

export interface ApplyPatchOptions {
    readonly schema?: ResourceSchema | undefined;
    readonly tolerant?: boolean | undefined;
    readonly unknownAttributes?: 'keep' | 'refuse' | undefined;
}

export interface ApplyProgress {
    readonly error?: SdkError | undefined;
    readonly outcome: ActionOutcome;
    readonly settled: number;
    readonly total: number;
}

export interface ApprovedLimits extends Omit<PlanLimits, 'shareFrom'> {
    readonly plan: string;
}

export interface AttributeCharacteristics {
    readonly canonicalValues?: readonly string[] | undefined;
    readonly caseExact?: boolean | undefined;
    readonly multiValued?: boolean | undefined;
    readonly mutability?: 'immutable' | 'readOnly' | 'readWrite' | 'writeOnly' | undefined;
    readonly referenceTypes?: readonly string[] | undefined;
    readonly required?: boolean | undefined;
    readonly returned?: 'always' | 'default' | 'never' | 'request' | undefined;
    readonly subAttributes?: Attributes | undefined;
    readonly type?: DataType | undefined;
    readonly uniqueness?: 'global' | 'none' | 'server' | undefined;
}

export interface AttributeDefinition extends SubAttributeDefinition {
    subAttributes?: SubAttributeDefinition[] | null | undefined;
}

export type AttributePath<R> = OpenPath<R> | PathOf<Entries<R>, null>;

export type Attributes = {
    readonly [name: string]: AttributeCharacteristics;
};

export type AuditAction = 'ADD_WORKSPACE_DIRECTORY_GROUP_USER' | 'APP_ACTIVATE' | 'APP_ALLOW_USER' | 'APP_CREATE' | 'APP_DELETE' | 'APP_DISALLOW_USER' | 'APP_PUBLISH' | 'APP_SET_ENABLED_ACTIONS' | 'APP_UPDATE_ACCESS_POLICY' | 'APP_UPDATE_NAME' | 'CONVERSATION_DELETE' | 'CONVERSATION_MESSAGE_RATING' | 'CONVERSATION_MESSAGE_RATING_DELETE' | 'CONVERSATION_SHARE' | 'CONVERSATION_VIEW_OF_SHARED' | 'CUSTOM_GPT_ALLOW_THIRD_PARTY' | 'CUSTOM_GPT_APPROVE_THIRD_PARTY_FOR_WORKSPACE' | 'CUSTOM_GPT_CHANGE_OWNER' | 'CUSTOM_GPT_CHANGE_VISIBILITY' | 'CUSTOM_GPT_DELETE' | 'CUSTOM_GPT_REMOVE_THIRD_PARTY_FOR_WORKSPACE' | 'CUSTOM_GPT_SET_ALLOWED_ACTION_DOMAINS' | 'CUSTOM_GPT_UPDATE_SHARING' | 'DELETE_AND_DISABLE_USER_MEMORY' | 'DELETE_AND_DISABLE_WORKSPACE_MEMORY' | 'DELETE_AUTOMATION' | 'DELETE_CANVAS_TEXT_DOC' | 'DELETE_CODEX_ENVIRONMENT' | 'DELETE_CODEX_TASK' | 'DELETE_CONVERSATION' | 'DELETE_CUSTOM_AGENT' | 'DELETE_GPT' | 'DELETE_GPT_FILE' | 'DELETE_MEMORY' | 'DELETE_PROJECT' | 'DELETE_PROJECT_CONNECTOR_SCOPE' | 'DELETE_PROJECT_FILE' | 'DELETE_PROJECT_GROUP_CHAT' | 'DELETE_RECORDING' | 'DELETE_REMOTE_CONTROL_CLIENT' | 'DELETE_REMOTE_CONTROL_ENVIRONMENT' | 'DELETE_REMOTE_CONTROL_THREAD' | 'DELETE_USER_FILE' | 'DELETE_USER_LIBRARY_FILE' | 'DELETE_USER_PET' | 'DELETE_USER_SHARED_PET' | 'DELETE_WORKSPACE_DIRECTORY_GROUP_USER' | 'DELETE_WORKSPACE_SKILL' | 'DOMAIN_CHECK' | 'DOMAIN_CREATE' | 'DOMAIN_DELETE' | 'DOWNLOAD_ORGANIZATION_LOG_FILE' | 'DOWNLOAD_RECORDING_TRANSCRIPT' | 'DOWNLOAD_WORKSPACE_LOG_FILE' | 'EXPORT_WORKSPACE_SKILL' | 'FILE_DOWNLOAD' | 'GET_CANVAS_CONTENT' | 'GET_CODEX_TASK' | 'GET_CODE_ENVIRONMENT' | 'GET_GPT_FILE' | 'GET_GPT_INFO' | 'GET_GROUP_USAGE_LIMIT' | 'GET_PLUGIN' | 'GET_PROJECT_FILE' | 'GET_PROJECT_INFO' | 'GET_REMOTE_CONTROL_CLIENT' | 'GET_REMOTE_CONTROL_ENVIRONMENT' | 'GET_REMOTE_CONTROL_THREAD' | 'GET_USER_FILE' | 'GET_USER_LIBRARY_FILE' | 'GET_USER_MEMORIES' | 'GET_USER_MONTHLY_USAGE_LIMIT_STATUS' | 'GET_USER_PET' | 'GET_USER_SHARED_PET' | 'GET_USER_USAGE_LIMIT' | 'GET_WORKSPACE_AGENT' | 'GET_WORKSPACE_DIRECTORY_GROUP' | 'GET_WORKSPACE_USAGE_LIMIT' | 'GROUP_ADD_USERS' | 'GROUP_CREATE' | 'GROUP_DELETE' | 'GROUP_EDIT' | 'GROUP_REMOVE_USER' | 'INVITE_ACCEPT' | 'INVITE_ACCEPT_ALL' | 'INVITE_DELETE' | 'INVITE_SEND' | 'INVITE_SET_ALLOW_EXTERNAL_DOMAINS' | 'INVITE_SET_AUTO_ACCEPT_JOIN_REQUESTS' | 'INVITE_UPDATE' | 'INVITE_USERS' | 'INVITE_USER_REQUEST' | 'ISOLATE_GPT' | 'ISOLATE_PROJECT' | 'LIST_CODEX_TASKS' | 'LIST_CODE_ENVIRONMENTS' | 'LIST_GROUP_USAGE_LIMITS' | 'LIST_MEMORIES' | 'LIST_ORGANIZATION_LOG_FILES' | 'LIST_PLUGINS' | 'LIST_PROJECT_GROUP_CHATS' | 'LIST_PROJECT_GROUP_CHAT_MESSAGES' | 'LIST_REMOTE_CONTROL_CLIENTS' | 'LIST_REMOTE_CONTROL_ENVIRONMENTS' | 'LIST_REMOTE_CONTROL_THREADS' | 'LIST_USAGE_LIMIT_REQUESTS' | 'LIST_USER_AUTOMATIONS' | 'LIST_USER_CANVASES' | 'LIST_USER_LIBRARY_FILES' | 'LIST_USER_PETS' | 'LIST_USER_RECORDINGS' | 'LIST_USER_SHARED_PETS' | 'LIST_USER_USAGE_LIMITS' | 'LIST_WORKSPACE_AGENTS' | 'LIST_WORKSPACE_DIRECTORY_GROUPS' | 'LIST_WORKSPACE_DIRECTORY_GROUP_USERS' | 'LIST_WORKSPACE_DIRECTORY_USER_GROUPS' | 'LIST_WORKSPACE_GPTS' | 'LIST_WORKSPACE_GPT_CONFIGS' | 'LIST_WORKSPACE_GPT_USERS' | 'LIST_WORKSPACE_LOG_FILES' | 'LIST_WORKSPACE_PROJECTS' | 'LIST_WORKSPACE_PROJECT_CONFIGS' | 'LIST_WORKSPACE_PROJECT_USERS' | 'LIST_WORKSPACE_SKILLS' | 'LIST_WORKSPACE_USERS' | 'PERSONAL_ACCESS_TOKEN_CREATE' | 'PERSONAL_ACCESS_TOKEN_REVOKE' | 'PLUGIN_SHARE' | 'PLUGIN_UPDATE_INSTALLATION_POLICY' | 'PROJECT_UPDATE_SHARING' | 'ROLE_ASSIGN' | 'ROLE_CREATE' | 'ROLE_DELETE' | 'ROLE_SET_ALL_CONNECTOR_PERMISSIONS' | 'ROLE_SET_CONNECTOR_PERMISSIONS' | 'ROLE_SET_PLUGIN_PERMISSIONS' | 'ROLE_UNASSIGN' | 'ROLE_UPDATE' | 'ROLE_UPDATE_BINDING_PERMISSIONS' | 'SAML_CREATE_CONNECTION' | 'SCIM_SET_EMAIL_INVITES_ENABLED' | 'SESSION_LOGOUT_ALL' | 'SESSION_REVOKE' | 'SITE_UPDATE_ACCESS_POLICY' | 'SKILL_CREATE' | 'SKILL_DELETE' | 'SKILL_SHARE' | 'SKILL_UNSHARE' | 'SKILL_UPDATE' | 'SKILL_WORKSPACE_ACCESS' | 'SUBSCRIPTION_SET_OVERAGE_LIMIT' | 'SUBSCRIPTION_SET_USAGE_ALERTS' | 'UNPUBLISH_CUSTOM_AGENT' | 'UPDATE_GROUP_USAGE_LIMIT' | 'UPDATE_USAGE_LIMIT_REQUEST' | 'UPDATE_USER_USAGE_LIMIT' | 'UPDATE_WORKSPACE_USAGE_LIMIT' | 'UPDATE_WORKSPACE_USER' | 'USER_DELETE' | 'USER_LOGGED_OUT_BY_ADMIN' | 'USER_ROLE_UPDATED' | 'WORKSPACE_POLICY_ACKNOWLEDGEMENT' | 'WORKSPACE_SET_AUTO_PROVISION' | 'WORKSPACE_SET_COMPLIANCE_API_IP_ALLOWLIST' | 'WORKSPACE_SET_FEDRAMP_BANNER' | 'WORKSPACE_SET_IP_ALLOWLIST' | 'WORKSPACE_SET_IS_DISCOVERABLE' | 'WORKSPACE_SET_POLICY' | 'WORKSPACE_SET_SHARING_PERMISSION' | 'WORKSPACE_SET_SYSTEM_INSTRUCTION' | 'WORKSPACE_TOGGLE_FEATURE';

export interface AuditActionData extends AdminActionData, UserActionData, ApiKeyActionData {
}

export type AuditActionEvent = ByAction<AuditEventBase, AuditActionData>;

export type AuditActionResult = 'BLOCKED' | 'ERROR' | 'SUCCESS';

export type AuditEventBase = {
    [key: string]: unknown;
    action?: string | undefined;
    action_data?: undefined | {
        [key: string]: unknown;
    };
    action_privilege?: 'ADMIN' | 'STANDARD_USER' | OtherName | null | undefined;
    action_result?: AuditActionResult | OtherName | null | undefined;
    actor?: EventActor | undefined;
    event_id: string;
    principal?: EventPrincipal | undefined;
    request_metadata?: RequestMetadata | null | undefined;
    timestamp: string;
    type: 'AUDIT_LOG';
};

export interface AuditLogBatch<Event> {
    readonly checkpoint: AuditLogCheckpoint;
    readonly events: readonly Event[];
    readonly file: AuditLogFile;
    readonly principal: AuditLogPrincipal;
}

export interface AuditLogBatchStream<Event, Fill extends boolean = false> extends AsyncIterable<Fill extends true ? AuditLogFilledBatch<Event> : AuditLogBatch<Event>>, Pick<AuditLogEventStream<Event>, 'checkpoint' | 'stats'> {
}

export interface AuditLogBatchesQuery<Type extends string = string, Fill extends boolean = boolean> extends AuditLogEventsQuery<Type> {
    readonly batchSize?: number | undefined;
    readonly fill?: Fill | undefined;
    readonly maxWaitMs?: number | undefined;
}

export interface AuditLogCheckpoint {
    readonly partitions: readonly PartitionCheckpoint[];
    readonly version: 1;
}

export declare class AuditLogClient<const Options extends PrincipalIds = PrincipalIds> {
    constructor(options: (AuditLogClientOptions | PlatformLogClientOptions) & {
        readonly [Id in keyof Options & keyof PrincipalIds]?: Id extends 'platform' ? PrincipalIds[Id] : Options[Id] | PrincipalIds[Id];
    });
    batches<const Type extends EventTypeName = AllEventTypes<Options>, const Fill extends boolean = false>(query: AuditLogBatchesQuery<EventTypeFor<Options, Type>, Fill>, options?: RequestOptions): AuditLogBatchStream<EventOf<Type>, Fill>;
    download(given: AuditLogFile, options?: RequestOptions & {
        readonly maxFileBytes?: number | undefined;
    }): ReadableStream<Uint8Array<ArrayBuffer>>;
    events<const Type extends EventTypeName = AllEventTypes<Options>>(query: AuditLogEventsQuery<EventTypeFor<Options, Type>>, options?: RequestOptions): AuditLogEventStream<EventOf<Type>>;
    files<const Type extends EventTypeName = AllEventTypes<Options>>(query: AuditLogFilesQuery<EventTypeFor<Options, Type>>, options?: RequestOptions): AuditLogFileList;
    follow<const Type extends EventTypeName = AllEventTypes<Options>>(query: AuditLogFollowQuery<EventTypeFor<Options, Type>>, options?: RequestOptions): AuditLogEventStream<EventOf<Type>>;
    maxEventTime<const Type extends EventTypeName = AllEventTypes<Options>>(query: Pick<AuditLogFilesQuery<EventTypeFor<Options, Type>>, 'eventTypes' | 'onFailedPrincipal'>, options?: RequestOptions): Promise<readonly MaxEventTimes[]>;
    get principals(): readonly AuditLogPrincipal[];
}

export interface AuditLogClientOptions extends Omit<ClientOptions, 'rateLimit'> {
    readonly apiKey: AuditLogKey | AuditLogKeys;
    readonly baseUrl?: string | undefined;
    readonly organizationId?: string | undefined;
    readonly platform?: PlatformLogOptions | undefined;
    readonly rateLimit?: AuditLogRateLimits | false | undefined;
    readonly workspaceIds?: readonly string[] | string | undefined;
}

export type AuditLogEvent<NewType extends string = never> = (NewType extends string ? NewEvent<NewType> : never) | EventsByType[KnownEventType] | UnknownEvent;

export interface AuditLogEventSource {
    readonly file: AuditLogFile;
    readonly line: number;
    readonly principal: AuditLogPrincipal;
}

export interface AuditLogEventStream<Event> extends AsyncIterable<Event> {
    checkpoint(): AuditLogCheckpoint;
    readonly stats: AuditLogStats;
    withCheckpoints(): AsyncIterable<AuditLogEventWithCheckpoint<Event>>;
}

export interface AuditLogEventWithCheckpoint<Event> {
    readonly checkpoint: AuditLogCheckpoint;
    readonly event: Event;
}

export interface AuditLogEventsQuery<Type extends string = string> extends AuditLogFilesQuery<Type>, AuditLogReadOptions {
    readonly ordering?: 'file' | 'time' | undefined;
}

export type AuditLogFile = {
    [key: string]: unknown;
    end_time: string;
    event_type: string;
    file_name?: string | undefined;
    file_sha256?: string | undefined;
    file_size?: number | undefined;
    id: string;
} & {
    readonly principal: {
        readonly id: string;
        readonly type: 'organization' | 'platform' | 'workspace';
    };
};

export declare class AuditLogFileError extends SdkError<AuditLogFileErrorCode> {
    protected constructor();
    readonly attempts: number;
    readonly byteOffset?: number;
    checkpoint(): AuditLogCheckpoint | undefined;
    readonly eventType: string;
    file(): AuditLogFile;
    readonly line?: number;
    readonly name = "AuditLogFileError";
    readonly problem?: JsonLinesProblem;
}

export type AuditLogFileErrorCode = 'download_failed' | 'file_too_large' | 'hash_mismatch' | 'invalid_line' | 'invalid_row' | 'size_mismatch';

export interface AuditLogFileList extends List<AuditLogFile> {
    pages(): AsyncIterable<AuditLogFilePage>;
}

export interface AuditLogFilePage {
    readonly eventType: string;
    readonly files: readonly AuditLogFile[];
    readonly principal: AuditLogPrincipal;
}

export interface AuditLogFilesQuery<Type extends string = string> {
    readonly after?: Date | string | undefined;
    readonly before?: Date | string | undefined;
    readonly eventTypes: 'all' | readonly Type[];
    readonly onFailedPrincipal?: 'throw' | ((failed: FailedPrincipal) => unknown) | undefined;
    readonly onWarning?: ((warning: AuditLogWarning) => void) | undefined;
}

export interface AuditLogFilledBatch<Event> {
    readonly checkpoint: AuditLogCheckpoint;
    readonly events: readonly Event[];
    readonly files: readonly AuditLogFile[];
}

export interface AuditLogFollowQuery<Type extends string = string> extends Omit<AuditLogFilesQuery<Type>, 'before'>, AuditLogReadOptions {
    readonly intervalMs?: number | undefined;
    readonly onOutage?: ((error: AuditLogFileError | ConnectionError | ResponseError | ResponseValidationError) => void) | undefined;
}

export interface AuditLogGap {
    readonly code: string;
    readonly file: LogFile;
    readonly start?: undefined | {
        readonly byteOffset: number;
        readonly line: number;
    };
}

export type AuditLogKey = ((principal: AuditLogPrincipal) => Promise<string> | string) | string;

export type AuditLogKeys = Readonly<Record<string, AuditLogKey>>;

export interface AuditLogPrincipal {
    readonly id: string;
    readonly type: 'organization' | 'platform' | 'workspace';
}

export interface AuditLogProgress extends AuditLogStats {
    readonly lagMs: number;
}

export interface AuditLogRateLimits {
    readonly downloads?: RateLimit | false | undefined;
    readonly lists?: RateLimit | false | undefined;
}

export interface AuditLogReadOptions {
    readonly bigIntegers?: 'number' | 'string' | undefined;
    readonly concurrency?: number | undefined;
    readonly deduplicate?: 'store' | boolean | number | undefined;
    readonly invalidLine?: 'skip' | 'throw' | ((line: InvalidLine) => void) | undefined;
    readonly maxBytesInFlight?: number | undefined;
    readonly maxFileBytes?: number | undefined;
    readonly onCaughtUp?: ((checkpoint: AuditLogCheckpoint) => unknown) | undefined;
    readonly onFailedFile?: 'throw' | ((gap: AuditLogGap & {
        readonly error: AuditLogFileError;
        readonly file: AuditLogFile;
    }) => unknown) | undefined;
    readonly onProgress?: ((progress: AuditLogProgress) => void) | undefined;
    readonly onRetentionGap?: 'throw' | ((gap: PrincipalRetentionRange) => void) | undefined;
    readonly overlapMs?: number | undefined;
    readonly resumeFrom?: AuditLogCheckpoint | undefined;
    readonly validate?: 'envelope' | EventValidator | false | undefined;
}

export interface AuditLogStats {
    readonly bytes: number;
    readonly duplicates: number;
    readonly events: number;
    readonly eventsWithIssues: number;
    readonly failedPrincipals: number;
    readonly files: number;
    readonly filesOfOtherTypes: number;
    readonly gaps: number;
    readonly invalidLines: number;
    readonly invalidRows: number;
    readonly lateFiles: number;
    readonly unverifiedFiles: number;
}

export type AuditLogWarning = {
    readonly code: 'changed_file';
    readonly eventType: string;
    readonly file: AuditLogFile;
} | {
    readonly code: 'late_file';
    readonly file: AuditLogFile;
    readonly lateByMs: number;
    readonly overlapMs: number;
} | {
    readonly code: 'not_newest_first';
    readonly eventType: string;
    readonly principal: AuditLogPrincipal;
} | {
    readonly code: 'other_event_type';
    readonly eventType: string;
    readonly file: AuditLogFile;
} | {
    readonly code: 'outside_range';
    readonly eventType: string;
    readonly file: AuditLogFile;
};

export type AuditLogsOf<Config> = (false extends HasLogs<Config> ? undefined : never) | (true extends HasLogs<Config> ? AuditLogClient<KnownPrincipals<Config>> : never);

export type AuthAction = 'login_failed' | 'login_success' | 'logout_success' | 'native_login_success' | 'password_login_invalid_password' | 'password_login_sentinel_blocked' | 'password_login_sentinel_challenge' | 'password_reset_admin' | 'password_reset_error' | 'password_reset_initiated' | 'password_reset_success' | 'signup_success' | 'token_issued' | 'token_revoked';

export type AuthEvent = {
    [key: string]: unknown;
    action_data?: undefined | {
        [key: string]: unknown;
        action?: AuthAction | OtherName | undefined;
        auth_provider_name?: null | string | undefined;
        role?: null | string | undefined;
    };
    actor?: EventActor | undefined;
    event_id: string;
    principal?: EventPrincipal | undefined;
    request_metadata?: RequestMetadata | null | undefined;
    timestamp: string;
    type: 'AUTH_LOG';
};

export interface AuthenticationScheme {
    [attribute: string]: unknown;
    description?: null | string | undefined;
    documentationUri?: null | string | undefined;
    name?: null | string | undefined;
    primary?: boolean | null | undefined;
    specUri?: null | string | undefined;
    type?: 'httpbasic' | 'httpdigest' | 'oauth' | 'oauth2' | 'oauthbearertoken' | (string & {}) | null | undefined;
}

export type BooleanPath<R> = PathOf<Entries<R>, boolean>;

export type BrakeName = 'desired_share' | 'empty_desired' | 'incomplete_list' | 'members_per_group' | 'removal_share' | 'removals';

export interface BulkChange<Method extends 'PATCH' | 'PUT', Path extends string, Data> {
    readonly data: Data;
    readonly method: Method;
    readonly path: Path;
    readonly version?: string | undefined;
}

export interface BulkCreation<Path extends string, Data> {
    readonly bulkId?: string | undefined;
    readonly data: Data;
    readonly method: 'POST';
    readonly path: Path;
}

export interface BulkOperations<T> {
    readonly Operations: readonly PatchOperation<T>[];
}

export interface BulkOptions {
    readonly failOnErrors?: number | undefined;
}

export interface BulkResult {
    readonly bulkId?: string | undefined;
    readonly error?: SdkError | undefined;
    readonly id?: string | undefined;
    readonly location?: string | undefined;
    readonly method: BulkWrite['method'];
    readonly outcome: 'failed' | 'not_attempted' | 'succeeded' | 'unknown';
    readonly path: string;
    readonly response?: unknown;
    readonly scimType?: string | undefined;
    readonly status?: number | undefined;
    readonly version?: string | undefined;
}

export interface BulkSupport extends SupportedFeature {
    maxOperations?: null | number | undefined;
    maxPayloadSize?: null | number | undefined;
}

export type BulkWrite = BulkChange<'PATCH' | 'PUT', string & {}, object> | BulkChange<'PATCH', `/Groups/${string}`, BulkOperations<Group>> | BulkChange<'PATCH', `/Users/${string}`, BulkOperations<User>> | BulkChange<'PUT', `/Groups/${string}`, ResourceInput<Group>> | BulkChange<'PUT', `/Users/${string}`, ResourceInput<User>> | BulkCreation<'/Groups' | '/Users' | (string & {}), object> | BulkCreation<'/Groups', ResourceInput<Group>> | BulkCreation<'/Users', ResourceInput<User>> | {
    readonly method: 'DELETE';
    readonly path: string;
    readonly version?: string | undefined;
};

export type ByAction<Base, Data> = (Base & {
    readonly action?: OtherName | UndescribedAuditAction | undefined;
}) | {
    [Action in keyof Data]: Base & {
        readonly action: Action;
        readonly action_data?: Data[Action] | undefined;
    };
}[keyof Data];

export type ByEventType<Base, Details> = (Base & {
    readonly event_type?: OtherName | undefined;
}) | {
    [Type in keyof Details]: Base & {
        readonly event_details?: Details[Type] | undefined;
        readonly event_type: Type;
    };
}[keyof Details];

export interface CallEvent extends EventFacts {
    readonly attempt: number;
    readonly durationMs: number;
    readonly errorCode?: string;
    readonly type: 'call';
}

export interface ChangeAction extends PlanActionBase {
    readonly after: Readonly<Record<string, unknown>>;
    readonly baseline: string;
    readonly before: Readonly<Record<string, unknown>>;
    readonly kind: 'change' | 'reactivate' | 'rename';
    readonly operations: readonly PatchOperation[];
    readonly target: PlanTarget & {
        readonly id: string;
    };
}

export type CheckCode = ConfigIssueCode | ObservedCode;

export interface CheckEvidence {
    readonly durationMs?: number;
    readonly innerStatus?: number;
    readonly method?: string;
    readonly reason?: string;
    readonly requestId?: string;
    readonly route?: string;
    readonly serverCode?: string;
    readonly skewMs?: number;
    readonly status?: number;
}

export interface CheckFinding {
    readonly code: CheckCode;
    readonly eventTypes?: readonly string[];
    readonly evidence: CheckEvidence;
    readonly field?: FormFieldName;
    readonly link?: string;
    readonly message: string;
    readonly principals?: readonly AuditLogPrincipal[];
    readonly remedy: string;
    readonly service?: 'admin' | 'compliance' | 'platform' | 'scim';
    readonly severity: 'error' | 'info' | 'warning';
}

export interface CheckQuery {
    readonly admin?: boolean | readonly AdminCategory[] | undefined;
    readonly eventTypes?: 'all' | readonly EventTypeName[] | undefined;
    readonly onFailedPrincipal?: ((failed: FailedPrincipal) => unknown) | undefined;
    readonly probeUser?: string | undefined;
}

export interface CheckReport {
    readonly credentials: readonly CredentialVerdict[];
    readonly durationMs: number;
    readonly findings: readonly CheckFinding[];
    readonly permissions: readonly PermissionVerdict[];
    readonly startedAt: string;
    readonly verdict: 'failed' | 'ok' | 'warning';
    readonly workspaces: readonly WorkspaceVerdict[];
}

export type CheckboxInput = '' | 'false' | 'off' | 'on' | 'true' | (string & {}) | boolean | null | number | undefined;

export declare class CheckpointError extends SdkError<CheckpointErrorCode> {
    protected constructor();
    gaps(): readonly PrincipalRetentionRange[];
    readonly name = "CheckpointError";
    readonly path: readonly (number | string)[];
    readonly ranges: readonly RetentionRange[];
}

export type CheckpointErrorCode = 'invalid_checkpoint' | 'retention_gap' | 'unknown_checkpoint_version';

export interface CheckpointStore {
    get(key: string): Promise<AuditLogCheckpoint | undefined>;
    set(key: string, checkpoint: AuditLogCheckpoint): Promise<unknown>;
}

export interface ClientCredentialsOptions {
    readonly allowHost?: ClientOptions['allowHost'];
    readonly authentication?: 'basic' | 'post' | undefined;
    readonly clientId: string;
    readonly clientSecret: string;
    readonly clock?: Clock | undefined;
    readonly dangerouslyAllowHttpLoopback?: boolean | undefined;
    readonly fetch?: typeof globalThis.fetch | undefined;
    readonly scope?: string | undefined;
    readonly timeoutMs?: number | undefined;
    readonly tokenUrl: string;
}

export interface ClientOptions extends Omit<RequestOptions, 'signal'> {
    readonly allowHost?: ((url: URL) => Promise<boolean> | boolean) | undefined;
    readonly clock?: Clock | undefined;
    readonly dangerouslyAllowHttpLoopback?: boolean | undefined;
    readonly fetch?: typeof globalThis.fetch | undefined;
    readonly maxResponseBytes?: number | undefined;
    readonly onEvent?: ((event: TransportEvent) => void) | undefined;
    readonly random?: (() => number) | undefined;
    readonly rateLimit?: false | undefined | {
        readonly intervalMs: number;
        readonly maxQueued?: number | undefined;
        readonly requests: number;
    };
    readonly signal?: AbortSignal | undefined;
    readonly throttle?: Throttle | undefined;
}

export interface Clock {
    monotonicNow?(): number;
    now(): number;
    setTimer?(ms: number, onEnd: () => void): () => void;
    sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export type Closed<Value> = Value extends readonly (infer Element)[] ? readonly Closed<Element>[] : Value extends object ? string extends keyof Value ? PartsOf<Value> : Value : Value;

export type CodexClientId = 'CODEX_ATLAS' | 'CODEX_CHATGPT_DESKTOP' | 'CODEX_CHROME_EXTENSION_SIDE_PANEL' | 'CODEX_CLI' | 'CODEX_CLOUD_GENERAL_AGENT' | 'CODEX_DESKTOP_APP' | 'CODEX_FLORA' | 'CODEX_GITHUB' | 'CODEX_GITHUB_ACTION' | 'CODEX_IDE_VSCODE' | 'CODEX_IDE_XCODE' | 'CODEX_SDK_TS' | 'CODEX_SERVICE_EXEC' | 'CODEX_SLACK' | 'CODEX_UNKNOWN_DEFAULT' | 'CODEX_WEB' | 'CODEX_WORK_DESKTOP' | 'CODEX_WORK_MOBILE' | 'CODEX_WORK_WEB' | `CODEX_IDE_JETBRAINS_${string}`;

export type CodexDetails = {
    ACCESS_TOKEN_CREATED: {
        [key: string]: unknown;
        access_token_id?: string | undefined;
        access_token_name?: null | string | undefined;
        created_by_user_id?: null | string | undefined;
        expires_at?: null | number | string | undefined;
    };
    ACCESS_TOKEN_REVOKED: {
        [key: string]: unknown;
        access_token_id?: string | undefined;
        access_token_name?: null | string | undefined;
        created_by_user_id?: null | string | undefined;
        expires_at?: null | number | string | undefined;
    };
    APP_MCP_CALL: {
        [key: string]: unknown;
        arguments?: unknown;
        call_id?: null | string | undefined;
        name?: string | undefined;
        tool_meta?: unknown;
    };
    APP_MCP_ELICITATION: {
        [key: string]: unknown;
        call_id?: null | string | undefined;
        decision?: null | string | undefined;
        elicitation_type?: null | string | undefined;
        name?: string | undefined;
        phase?: null | string | undefined;
        url?: null | string | undefined;
    };
    APP_MCP_RESULT: {
        [key: string]: unknown;
        call_id?: null | string | undefined;
        error_code?: null | number | string | undefined;
        error_message?: null | string | undefined;
        name?: string | undefined;
        result_preview?: unknown;
        status?: null | string | undefined;
    };
    ENVIRONMENT_CREATED: {
        [key: string]: unknown;
        environment_fields?: null | undefined | {
            [key: string]: unknown;
        };
        environment_id?: null | string | undefined;
    };
    ENVIRONMENT_DELETED: {
        [key: string]: unknown;
        environment_id?: null | string | undefined;
    };
    ENVIRONMENT_UPDATED: {
        [key: string]: unknown;
        environment_fields?: null | undefined | {
            [key: string]: unknown;
        };
        environment_id?: null | string | undefined;
    };
    PLUGIN_CREATED: {
        [key: string]: unknown;
        marketplace_name?: null | string | undefined;
        plugin_creator_account_user_id?: null | string | undefined;
        plugin_display_name?: null | string | undefined;
        plugin_id?: string | undefined;
        plugin_name?: null | string | undefined;
        plugin_release_id?: null | string | undefined;
        plugin_scope?: 'GLOBAL' | 'USER' | 'WORKSPACE' | OtherName | null | undefined;
        plugin_version?: null | string | undefined;
    };
    PLUGIN_DELETED: {
        [key: string]: unknown;
        marketplace_name?: null | string | undefined;
        plugin_creator_account_user_id?: null | string | undefined;
        plugin_display_name?: null | string | undefined;
        plugin_id?: string | undefined;
        plugin_name?: null | string | undefined;
        plugin_release_id?: null | string | undefined;
        plugin_scope?: 'GLOBAL' | 'USER' | 'WORKSPACE' | OtherName | null | undefined;
        plugin_version?: null | string | undefined;
    };
    PLUGIN_INSTALLED: {
        [key: string]: unknown;
        marketplace_name?: null | string | undefined;
        plugin_creator_account_user_id?: null | string | undefined;
        plugin_display_name?: null | string | undefined;
        plugin_id?: string | undefined;
        plugin_name?: null | string | undefined;
        plugin_release_id?: null | string | undefined;
        plugin_scope?: 'GLOBAL' | 'USER' | 'WORKSPACE' | OtherName | null | undefined;
        plugin_version?: null | string | undefined;
    };
    PLUGIN_UNINSTALLED: {
        [key: string]: unknown;
        marketplace_name?: null | string | undefined;
        plugin_creator_account_user_id?: null | string | undefined;
        plugin_display_name?: null | string | undefined;
        plugin_id?: string | undefined;
        plugin_name?: null | string | undefined;
        plugin_release_id?: null | string | undefined;
        plugin_scope?: 'GLOBAL' | 'USER' | 'WORKSPACE' | OtherName | null | undefined;
        plugin_version?: null | string | undefined;
    };
    PROMPT_RESPONSE_RECEIVED: {
        [key: string]: unknown;
        call_id?: null | string | undefined;
        environment_id?: null | string | undefined;
        model?: null | string | undefined;
        reasoning_effort?: null | string | undefined;
        response_text?: null | string | undefined;
        service_tier?: null | string | undefined;
        session_id?: string | undefined;
        status?: null | string | undefined;
        token_usage?: TokenUsage | null | undefined;
        turn_id?: null | string | undefined;
    };
    PROMPT_SENT: {
        [key: string]: unknown;
        call_id?: null | string | undefined;
        environment_id?: null | string | undefined;
        model?: null | string | undefined;
        prompt_text?: null | string | undefined;
        session_id?: string | undefined;
        turn_id?: null | string | undefined;
    };
    SITE_DEPLOYMENT_COMPLETED: {
        [key: string]: unknown;
        deployment_id?: string | undefined;
        environment_revision?: null | number | string | undefined;
        project_id?: string | undefined;
        site_url?: null | string | undefined;
        status?: 'failed' | 'success' | OtherName | null | undefined;
        version_id?: string | undefined;
    };
    SITE_DEPLOYMENT_STARTED: {
        [key: string]: unknown;
        deployment_id?: string | undefined;
        environment_revision?: null | number | string | undefined;
        project_id?: string | undefined;
        version_id?: string | undefined;
    };
    SITE_PROJECT_CREATED: {
        [key: string]: unknown;
        project_id?: string | undefined;
        slug?: null | string | undefined;
    };
    SITE_PROJECT_DELETED: {
        [key: string]: unknown;
        project_id?: string | undefined;
        slug?: null | string | undefined;
    };
    SITE_VERSION_CREATED: {
        [key: string]: unknown;
        project_id?: string | undefined;
        version_id?: string | undefined;
        version_number?: null | number | undefined;
    };
    TOOL_CALL_COMPLETED: {
        [key: string]: unknown;
        call_id?: null | string | undefined;
        environment_id?: null | string | undefined;
        model?: null | string | undefined;
        session_id?: string | undefined;
        status?: null | string | undefined;
        tool_call_id?: null | string | undefined;
        tool_input?: unknown;
        tool_name?: string | undefined;
        tool_type?: null | string | undefined;
        turn_id?: null | string | undefined;
    };
    TOOL_CALL_FAILED: {
        [key: string]: unknown;
        call_id?: null | string | undefined;
        environment_id?: null | string | undefined;
        model?: null | string | undefined;
        session_id?: string | undefined;
        status?: null | string | undefined;
        tool_call_id?: null | string | undefined;
        tool_input?: unknown;
        tool_name?: string | undefined;
        tool_type?: null | string | undefined;
        turn_id?: null | string | undefined;
    };
    TOOL_CALL_SUGGESTED: {
        [key: string]: unknown;
        call_id?: null | string | undefined;
        environment_id?: null | string | undefined;
        model?: null | string | undefined;
        session_id?: string | undefined;
        status?: null | string | undefined;
        tool_call_id?: null | string | undefined;
        tool_input?: unknown;
        tool_name?: string | undefined;
        tool_type?: null | string | undefined;
        turn_id?: null | string | undefined;
    };
    TOOL_DECISION: {
        [key: string]: unknown;
        decision?: null | string | undefined;
    };
    WORKSPACE_UPDATED: {
        [key: string]: unknown;
        current_settings?: null | undefined | {
            [key: string]: unknown;
        };
        previous_settings?: null | undefined | {
            [key: string]: unknown;
        };
    };
};

export type CodexEvent = ByEventType<CodexEventBase, CodexDetails>;

export type CodexEventBase = {
    [key: string]: unknown;
    actor?: EventActor | undefined;
    agent?: null | undefined | {
        [key: string]: unknown;
        id?: null | string | undefined;
        name?: null | string | undefined;
        type?: null | string | undefined;
    };
    client_id?: CodexClientId | OtherName | null | undefined;
    event_details?: undefined | {
        [key: string]: unknown;
        detail_type?: null | string | undefined;
    };
    event_id: string;
    event_type?: string | undefined;
    principal?: EventPrincipal | undefined;
    timestamp: string;
    type: 'CODEX_LOG';
    workspace_id?: null | string | undefined;
};

export type CodexEventType = 'ACCESS_TOKEN_CREATED' | 'ACCESS_TOKEN_REVOKED' | 'APP_MCP_CALL' | 'APP_MCP_ELICITATION' | 'APP_MCP_RESULT' | 'ENVIRONMENT_CREATED' | 'ENVIRONMENT_DELETED' | 'ENVIRONMENT_UPDATED' | 'PLUGIN_CREATED' | 'PLUGIN_DELETED' | 'PLUGIN_INSTALLED' | 'PLUGIN_UNINSTALLED' | 'PROMPT_RESPONSE_RECEIVED' | 'PROMPT_SENT' | 'SITE_DEPLOYMENT_COMPLETED' | 'SITE_DEPLOYMENT_STARTED' | 'SITE_PROJECT_CREATED' | 'SITE_PROJECT_DELETED' | 'SITE_VERSION_CREATED' | 'TOOL_CALL_COMPLETED' | 'TOOL_CALL_FAILED' | 'TOOL_CALL_SUGGESTED' | 'TOOL_DECISION' | 'WORKSPACE_UPDATED';

export type CodexSecurityDetails = {
    PROPOSED_PATCH_PR_CREATED: {
        [key: string]: unknown;
        finding_id?: string | undefined;
        pr_url?: null | string | undefined;
    };
    SCAN_CONFIGURATION_CREATED: {
        [key: string]: unknown;
        scan_configuration_fields?: null | undefined | {
            [key: string]: unknown;
            environment_id?: null | string | undefined;
            lookback_days?: null | number | undefined;
            notification_rules_created_count?: null | number | undefined;
            notification_rules_deleted_count?: null | number | undefined;
            notification_rules_updated_count?: null | number | undefined;
            owner_id?: null | string | undefined;
            repo_id?: null | number | string | undefined;
            repo_url?: null | string | undefined;
            scan_type?: null | string | undefined;
            state?: null | string | undefined;
            workspace_id?: null | string | undefined;
        };
        scan_configuration_id?: string | undefined;
    };
    SCAN_CONFIGURATION_UPDATED: {
        [key: string]: unknown;
        scan_configuration_fields?: null | undefined | {
            [key: string]: unknown;
            environment_id?: null | string | undefined;
            lookback_days?: null | number | undefined;
            notification_rules_created_count?: null | number | undefined;
            notification_rules_deleted_count?: null | number | undefined;
            notification_rules_updated_count?: null | number | undefined;
            owner_id?: null | string | undefined;
            repo_id?: null | number | string | undefined;
            repo_url?: null | string | undefined;
            scan_type?: null | string | undefined;
            state?: null | string | undefined;
            workspace_id?: null | string | undefined;
        };
        scan_configuration_id?: string | undefined;
        updated_fields?: null | undefined | {
            [key: string]: unknown;
            environment_id?: null | string | undefined;
            lookback_days?: null | number | undefined;
            notification_rules_created_count?: null | number | undefined;
            notification_rules_deleted_count?: null | number | undefined;
            notification_rules_updated_count?: null | number | undefined;
            owner_id?: null | string | undefined;
            project_overview_length?: null | number | undefined;
            project_overview_updated?: boolean | null | undefined;
            state?: null | string | undefined;
        };
    };
    SCAN_FINDING_UPDATED: {
        [key: string]: unknown;
        finding_id?: string | undefined;
        updated_fields?: null | undefined | {
            [key: string]: unknown;
            assignee_user_email?: null | string | undefined;
            criticality?: null | string | undefined;
            criticality_reason?: null | string | undefined;
            criticality_reason_updated?: boolean | null | undefined;
            resolution_reason?: null | string | undefined;
            resolution_reason_updated?: boolean | null | undefined;
            status?: null | string | undefined;
        };
    };
};

export type CodexSecurityEvent = ByEventType<CodexSecurityEventBase, CodexSecurityDetails>;

export type CodexSecurityEventBase = {
    [key: string]: unknown;
    actor?: EventActor | undefined;
    client_id?: CodexClientId | OtherName | null | undefined;
    event_details?: undefined | {
        [key: string]: unknown;
        detail_type?: null | string | undefined;
    };
    event_id: string;
    event_type?: string | undefined;
    principal?: EventPrincipal | undefined;
    timestamp: string;
    type: 'CODEX_SECURITY_LOG';
    workspace_id?: null | string | undefined;
};

export type CodexSecurityEventType = 'PROPOSED_PATCH_PR_CREATED' | 'SCAN_CONFIGURATION_CREATED' | 'SCAN_CONFIGURATION_UPDATED' | 'SCAN_FINDING_UPDATED';

export type CodexTurnEvent = {
    [key: string]: unknown;
    actor?: EventActor | undefined;
    event_id: string;
    principal?: EventPrincipal | undefined;
    timestamp: string;
    type: 'CODEX_TURN';
};

export interface Combination {
    readonly filters: readonly FilterExpression[];
    readonly op: 'and' | 'or';
}

export interface Comparison {
    readonly op: ComparisonOperator;
    readonly path: string;
    readonly value: FilterValue;
}

export type ComparisonOperator = 'co' | 'eq' | 'ew' | 'ge' | 'gt' | 'le' | 'lt' | 'ne' | 'sw';

export type ComplexListOf<R> = {
    [K in KnownKey<R>]: NonNullable<R[K]> extends readonly unknown[] ? (OneOf<R[K]> extends Scalar ? never : K) : never;
}[KnownKey<R>];

export interface ComplianceBehaviour {
    readonly creatorGoneStatus: 401 | 403;
    readonly expiredKeyStatus: 401 | 403;
    readonly filtersByType: boolean;
    readonly lastEndTime: 'of_first_row' | 'of_last_row';
    readonly listOrder: 'newest_first' | 'oldest_first' | 'shuffled_pages';
    readonly maxPageSize: number;
    readonly notEnabledStatus: 401 | 403;
    readonly otherWorkspaceStatus: 401 | 403 | 404;
}

export interface ComplianceKey {
    readonly creatorId?: string | undefined;
    readonly expiresAt?: number | undefined;
    readonly keyClass: ComplianceKeyClass;
    readonly principalIds?: ReadonlySet<string> | undefined;
    readonly scopes: ReadonlySet<string>;
    readonly secret: string;
    readonly status: ComplianceKeyStatus;
    readonly workspaceId?: string | undefined;
}

export type ComplianceKeyClass = 'legacy_compliance' | 'platform_admin' | 'project' | 'service_account' | 'workspace_admin';

export type ComplianceKeyStatus = 'active' | 'creator_gone' | 'expired' | 'not_enabled' | 'wrong_class';

export declare class ComplianceKeys {
    create(options?: NewComplianceKey): string;
    enable(secret: string): void;
    get(secret: string): ComplianceKey | undefined;
    list(): readonly ComplianceKey[];
    revoke(secret: string): void;
}

export type ComplianceOf<Config> = Half<Config, WithCompliance<Config>, ComplianceRoutes>;

export type ComplianceOnlyConfig = ComplianceSettings & {
    readonly [Key in keyof ScimSettings]?: undefined;
} & PlatformSettings;

export interface ComplianceOptions {
    readonly logs?: LogStoreOptions | undefined;
    readonly quirks?: Partial<ComplianceBehaviour> | undefined;
    readonly rateLimits?: 'documented' | RateLimits | undefined;
    readonly selfAudit?: boolean | undefined;
}

export type CompliancePrincipals<Config> = [
    WithCompliance<Config>
] extends [
    never
] ? Record<never, never> : [
    FieldOf<Config, 'organizationId'>
] extends [
    never
] ? WorkspacePrincipals : AllPrincipals;

export type ComplianceRoute = `/compliance/organizations/{organization_id}/${string}` | `/compliance/workspaces/{workspace_id}/${string}`;

export type ComplianceRouteArguments<Route extends string> = object extends RouteParameters<Route> ? [
    query?: ComplianceRouteQuery & RouteParameters<Route>,
    options?: RequestOptions
] : [
    query: ComplianceRouteQuery & RouteParameters<Route>,
    options?: RequestOptions
];

export interface ComplianceRouteQuery extends RouteValues {
    readonly workspaceId?: string | undefined;
}

export type ComplianceRoute_2 = (typeof complianceRoutes)[number];

export declare class ComplianceRoutes {
    protected constructor();
    get<const Route extends ComplianceRoute>(route: Route, ...[query, options]: ComplianceRouteArguments<Route>): Promise<unknown>;
}

export type ComplianceScope = 'api.audit_logs.read' | 'chatgpt.enterprise.compliance_export.delete' | 'chatgpt.enterprise.compliance_export.read' | 'chatgpt.enterprise.compliance_logs_platform.read' | 'roles' | (string & {}) | AdminScope | `chatgpt.enterprise.compliance_logs_platform.${string}.read`;

export type ComplianceSettings = ({
    readonly complianceApiKey: string;
    readonly complianceApiKeys?: Readonly<Record<string, string>> | undefined;
} | {
    readonly complianceApiKey?: undefined;
    readonly complianceApiKeys: Readonly<Record<string, string>>;
}) & {
    readonly complianceBaseUrl?: string | undefined;
    readonly organizationId?: string | undefined;
    readonly workspaceIds: readonly string[];
};

export declare class ConfigError extends SdkError<'invalid_config'> {
    protected constructor();
    readonly issues: readonly ConfigIssue[];
    readonly name = "ConfigError";
}

export interface ConfigIssue {
    readonly code: ConfigIssueCode;
    readonly field?: FormFieldName;
    readonly message: string;
    readonly path: readonly (number | string)[];
    readonly remedy: string;
    readonly suggestion?: string;
}

export type ConfigIssueCode = 'commented_out' | 'compliance_key_in_scim_field' | 'credentials_in_url' | 'directory_key_missing' | 'empty_connection' | 'id_in_key_field' | 'insecure_url' | 'key_without_workspace' | 'keys_in_key_field' | 'missing_compliance_api_key' | 'missing_platform_api_key' | 'missing_platform_organization_id' | 'missing_scim_base_url' | 'missing_scim_token' | 'missing_workspace_ids' | 'more_than_one_secret' | 'not_a_url' | 'not_an_admin_key' | 'not_an_object' | 'not_an_organization_id' | 'not_text' | 'not_yes_or_no' | 'organization_id' | 'organization_without_key' | 'other_organization' | 'other_service_url' | 'permission_without_scim' | 'placeholder' | 'redacted_secret' | 'resource_url' | 'same_secret_twice' | 'scim_token_in_compliance_field' | 'scim_token_in_platform_field' | 'secret_cut' | 'secret_in_url_field' | 'secret_in_workspace_ids' | 'secret_unsendable' | 'secrets_swapped' | 'too_long' | 'two_keys_for_workspace' | 'unknown_key' | 'unknown_workspace_id_form' | 'url_in_secret_field' | 'user_id' | 'web_page_url' | 'workspace_id_cut' | 'workspace_id_in_url' | 'workspace_name' | 'workspace_without_key';

export interface ConfigWarning {
    readonly code: ConfigWarningCode;
    readonly field?: FormFieldName;
    readonly message: string;
    readonly path: readonly (number | string)[];
}

export type ConfigWarningCode = 'bearer_removed' | 'duplicate_workspace_ids' | 'label_removed' | 'one_admin_key_for_several_workspaces' | 'punctuation_removed' | 'quotes_removed' | 'spaces_removed' | 'unknown_variable' | 'workspace_id_normalized' | 'workspace_key_swapped';

export type ConfigWith<Required extends RequiredPart> = ('compliance' extends Required ? never : 'admin' extends Required ? never : WithPlatform<ScimOnlyConfig, Required>) | ('scim' extends Required ? never : WithPlatform<ComplianceOnlyConfig, Required>) | ([
    Extract<Required, 'admin' | 'compliance' | 'scim'>
] extends [
    never
] ? PlatformOnlyConfig : never) | WithPlatform<FullConfig, Required>;

export type ConflictFacts = {
    readonly code: 'account_with_several_addresses';
    readonly directoryIds: readonly string[];
    readonly userIds: readonly string[];
} | {
    readonly code: 'active_but_inactive_in_workspace';
    readonly workspaceIds: readonly string[];
} | {
    readonly code: 'email_of_service_account';
    readonly directoryIds: readonly string[];
    readonly isMember: boolean;
} | {
    readonly code: 'email_shared_in_directory';
    readonly directoryIds: readonly string[];
} | {
    readonly code: 'email_shared_in_workspace';
    readonly userIds: readonly string[];
} | {
    readonly code: 'inactive_but_active_in_workspace';
    readonly workspaceIds: readonly string[];
} | {
    readonly code: 'inactive_but_invited';
    readonly workspaceIds: readonly string[];
} | {
    readonly code: 'invitation_pending';
    readonly workspaceIds: readonly string[];
} | {
    readonly code: 'invited_but_not_in_directory';
    readonly workspaceIds: readonly string[];
} | {
    readonly code: 'managed_but_not_in_directory';
} | {
    readonly code: 'no_access';
} | {
    readonly code: 'not_in_directory';
} | {
    readonly code: 'not_in_workspace';
};

export interface ConflictText {
    readonly message: string;
    readonly remedy: string;
}

export interface ConnectOptions extends Omit<ClientOptions, 'rateLimit' | 'throttle'> {
    readonly admin?: Omit<AdminClientOptions, 'apiKey' | 'baseUrl' | 'signal' | 'workspaceIds'> | undefined;
    readonly auditLogs?: (Omit<AuditLogClientOptions, 'apiKey' | 'baseUrl' | 'organizationId' | 'platform' | 'signal' | 'workspaceIds'> & {
        readonly platform?: Omit<PlatformLogOptions, 'apiKey' | 'baseUrl' | 'id'> | undefined;
    }) | undefined;
    readonly rateLimit?: false | undefined;
    readonly scim?: (Omit<ScimClientOptions, 'access' | 'baseUrl' | 'signal' | 'token'> & Partial<Pick<ScimClientOptions, 'token'>>) | undefined;
}

export type Connection<Config extends ConnectionConfig = ConnectionConfig> = OpenConnection<ScimOf<Config>, AuditLogsOf<Config>, ComplianceOf<Config>>;

export interface ConnectionAccess<Provisioning extends boolean = boolean, Deprovisioning extends boolean = boolean> {
    readonly deprovisioning: Deprovisioning;
    readonly provisioning: Provisioning;
}

export type ConnectionConfig = ComplianceOnlyConfig | FullConfig | PlatformOnlyConfig | ScimOnlyConfig;

export interface ConnectionConfigInput {
    readonly complianceApiKey?: null | string | undefined;
    readonly complianceApiKeys?: Readonly<Record<string, string>> | null | string | undefined;
    readonly complianceBaseUrl?: null | string | undefined;
    readonly deprovisioning?: CheckboxInput;
    readonly organizationId?: null | string | undefined;
    readonly platformApiKey?: null | string | undefined;
    readonly platformBaseUrl?: null | string | undefined;
    readonly platformIncludeTenant?: CheckboxInput;
    readonly platformOrganizationId?: null | string | undefined;
    readonly provisioning?: CheckboxInput;
    readonly scimBaseUrl?: null | string | undefined;
    readonly scimToken?: null | string | undefined;
    readonly workspaceIds?: null | readonly string[] | string | undefined;
}

export interface ConnectionConfigJsonSchema {
    readonly $schema: 'https://json-schema.org/draft/2020-12/schema';
    readonly additionalProperties: false;
    readonly description: string;
    readonly properties: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
    readonly title: string;
    readonly type: 'object';
}

export declare class ConnectionError extends SdkError<ConnectionErrorCode> {
    protected constructor();
    readonly attempts: number;
    readonly delivery: RequestDelivery;
    readonly method?: string;
    readonly name = "ConnectionError";
    readonly reason?: string;
    readonly retryable: boolean;
    readonly route?: string;
}

export type ConnectionErrorCode = 'connection_closed' | 'credential_unavailable' | 'host_not_allowed' | 'insecure_url' | 'network_error' | 'queue_full' | 'response_cut' | 'response_too_large' | 'timeout';

export type ConnectionPart = 'admin' | 'compliance' | 'platform' | 'scim';

export interface ConsoleLoggerOptions {
    readonly console?: Pick<Console, 'debug' | 'warn'> | undefined;
    readonly level?: 'debug' | 'warn' | undefined;
}

export type ConversationMessageEvent = {
    [key: string]: unknown;
    actor?: EventActor | undefined;
    conversation?: undefined | {
        [key: string]: unknown;
        created_at?: null | string | undefined;
        gpt_id?: null | string | undefined;
        gpt_name?: null | string | undefined;
        id?: string | undefined;
        is_pinned?: boolean | null | undefined;
        is_temporary_chat?: boolean | null | undefined;
        mode?: 'chat' | 'work' | OtherName | null | undefined;
        project_id?: null | string | undefined;
        project_name?: null | string | undefined;
        title?: null | string | undefined;
    };
    event_id: string;
    message?: undefined | {
        [key: string]: unknown;
        author?: OtherActor | undefined | {
            [key: string]: unknown;
            client_type?: MessageClientType | OtherName | null | undefined;
            type: 'user';
        } | {
            [key: string]: unknown;
            model?: null | string | undefined;
            skills_used?: null | string[] | undefined;
            tools_used?: null | string[] | undefined;
            type: 'assistant';
        };
        content?: OtherActor | null | undefined | {
            [key: string]: unknown;
            annotations?: MessageAnnotation[] | null | undefined;
            type: 'text';
            value?: null | string | undefined;
        } | {
            [key: string]: unknown;
            file_id?: null | string | undefined;
            file_name?: null | string | undefined;
            quote?: null | string | undefined;
            type: 'quotation';
        } | {
            [key: string]: unknown;
            type: 'user_instructions';
            value?: null | string | undefined;
        };
        created_at?: null | string | undefined;
        files?: null | undefined | {
            [key: string]: unknown;
            id?: string | undefined;
            name?: null | string | undefined;
        }[];
        id?: string | undefined;
    };
    previous_message_id?: null | string | undefined;
    principal?: EventPrincipal | undefined;
    timestamp: string;
    type: 'CONVERSATION_MESSAGE';
};

export interface CooldownEvent extends EventFacts {
    readonly type: 'cooldown';
    readonly waitMs: number;
}

export interface CostAmount {
    readonly amount: string;
    readonly unit: 'CREDITS' | 'USD' | (string & {});
}

export type CostsEvent = {
    [key: string]: unknown;
    actor?: EventActor | undefined;
    event_id: string;
    payload?: undefined | {
        [key: string]: unknown;
        client?: null | string | undefined;
        day?: string | undefined;
        hour?: number | undefined;
        identity?: null | undefined | {
            [key: string]: unknown;
            agent?: null | undefined | {
                [key: string]: unknown;
                id?: string | undefined;
                name?: null | string | undefined;
            };
            email?: null | string | undefined;
            groups?: null | undefined | {
                [key: string]: unknown;
                id?: string | undefined;
                name?: null | string | undefined;
            }[];
            name?: null | string | undefined;
            user_id?: null | string | undefined;
        };
        measures?: undefined | {
            [key: string]: unknown;
            billing?: null | undefined | {
                [key: string]: unknown;
                cost?: Amount | null | undefined;
                estimated_cost_usd?: Amount | null | undefined;
                quantity?: Amount | null | undefined;
                sku?: string | undefined;
            }[];
            usage?: null | undefined | {
                [key: string]: unknown;
                audio_cached_input_tokens?: null | number | undefined;
                audio_input_tokens?: null | number | undefined;
                audio_output_tokens?: null | number | undefined;
                audio_total_tokens?: null | number | undefined;
                image_cached_input_tokens?: null | number | undefined;
                image_input_tokens?: null | number | undefined;
                image_output_tokens?: null | number | undefined;
                image_total_tokens?: null | number | undefined;
                text_cached_input_tokens?: null | number | undefined;
                text_input_tokens?: null | number | undefined;
                text_output_tokens?: null | number | undefined;
                text_total_tokens?: null | number | undefined;
            };
        };
        model?: null | string | undefined;
        organization_id?: string | undefined;
        product?: null | string | undefined;
        reasoning?: null | string | undefined;
        service_tier?: null | string | undefined;
        surface?: null | string | undefined;
    };
    principal?: EventPrincipal | undefined;
    timestamp: string;
    type: 'COSTS';
};

export interface CreateAction extends PlanActionBase {
    readonly after: Readonly<Record<string, unknown>>;
    readonly kind: 'create';
    readonly target: PlanTarget;
}

export interface CreateGroupAction extends PlanActionBase {
    readonly after: Readonly<Record<string, unknown>>;
    readonly kind: 'create_group';
    readonly target: PlanTarget;
}

export interface CreateOptions<T = never> extends RequestOptions, Projection<T> {
    readonly verify?: boolean | undefined;
}

export type Credential = (() => Promise<string> | string) | string;

export interface CredentialVerdict {
    readonly authenticated: Verdict;
    readonly credential: 'compliance_api_key' | 'platform_api_key' | 'scim_token';
    readonly latencyMs?: number;
    readonly looksLike: 'admin_key' | 'openai_key' | 'project_key' | 'scim_token' | 'unknown';
    readonly principals?: readonly AuditLogPrincipal[];
    readonly reachable: Verdict;
}

export type Criteria<T> = {
    readonly [K in keyof T as string extends K ? never : [
        Criterion<OneOf<T[K]>>
    ] extends [
        never
    ] ? never : K]?: Criterion<OneOf<T[K]>>;
} & (IsOpen<T> extends true ? {
    readonly [attribute: string]: Scalar | null | undefined;
} : unknown);

export type Criterion<One> = One extends Scalar ? One : One extends {
    readonly value?: infer Value;
} ? Extract<NonNullable<Value>, Scalar> : never;

export interface DailyUsage {
    readonly [field: string]: unknown;
    readonly actor?: UsageActor | null | undefined;
    readonly clients?: null | readonly Readonly<Record<string, unknown>>[] | undefined;
    readonly end_time?: number | undefined;
    readonly models?: null | readonly Readonly<Record<string, unknown>>[] | undefined;
    readonly object?: 'workspace.usage.result' | (string & {}) | undefined;
    readonly start_time?: number | undefined;
    readonly totals?: UsageTotals | null | undefined;
    readonly user_id?: null | string | undefined;
}

export interface DailyUsageSum {
    readonly costUsd?: UsageSum | undefined;
    readonly credits?: UsageSum | undefined;
    readonly rows: number;
}

export type DataType = 'binary' | 'boolean' | 'complex' | 'dateTime' | 'decimal' | 'integer' | 'reference' | 'string';

export type DatePath<R> = PathOf<Entries<R>, Date>;

export interface DeactivateResult<T> extends Omit<ActiveResult<T, 'deactivated'>, 'outcome'> {
    readonly outcome: ActiveResult<T, 'deactivated' | 'not_found'>['outcome'];
    readonly remedy?: string | undefined;
}

export interface DeleteResult {
    readonly outcome: 'accepted' | 'already' | 'deleted' | 'not_found';
    readonly remedy?: string | undefined;
}

export interface DesiredDirectory {
    readonly groups?: AsyncIterable<DesiredGroup> | Iterable<DesiredGroup> | undefined;
    readonly users: AsyncIterable<DesiredUser> | Iterable<DesiredUser>;
}

export interface DesiredGroup {
    readonly displayName: string;
    readonly externalId?: string | undefined;
    readonly members: readonly string[];
}

export type DesiredUser = ResourceInput<User>;

export interface DiffPatchOptions {
    readonly absent?: 'keep' | 'remove' | undefined;
    readonly chunkSize?: number | undefined;
    readonly ignoreCase?: boolean | undefined;
    readonly schema?: ResourceSchema | undefined;
}

export interface DirectoryEntry {
    readonly active?: boolean | undefined;
    readonly email?: string | undefined;
    readonly externalId?: string | undefined;
    readonly groups: readonly {
        readonly displayName: string;
        readonly id: string;
    }[];
    readonly id: string;
    readonly name?: string | undefined;
    readonly userName?: string | undefined;
    readonly userType?: string | undefined;
}

export interface DirectoryPlan {
    readonly actions: readonly PlanAction[];
    readonly brakes: readonly PlanBrake[];
    readonly connection: PlanConnection;
    readonly deleteAfter: string;
    readonly desiredDigest: string;
    readonly hash: string;
    readonly held: readonly HeldAction[];
    readonly madeBy?: string | undefined;
    readonly meantToStay?: readonly StayingAccount[] | undefined;
    readonly notPermitted: NotPermitted;
    readonly notes: readonly PlanNote[];
    readonly personalData: readonly string[];
    readonly policy: ResolvedPolicy;
    readonly policyDigest: string;
    readonly readFrom: string;
    readonly readTo: string;
    readonly redacted?: true | undefined;
    readonly salt?: string | undefined;
    readonly stillMembers?: readonly PlanTarget[] | undefined;
    readonly totals: PlanTotals;
    readonly unmanaged?: UnmanagedMembers | undefined;
    readonly version: 1;
    readonly workspaceIds?: readonly string[] | undefined;
}

export declare const ENTERPRISE_USER_URN = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

export type EcsCategory = 'api' | 'authentication' | 'configuration' | 'iam' | 'vulnerability';

export interface EcsDocument {
    '@timestamp'?: string;
    destination?: {
        domain: string;
    };
    ecs: {
        version: typeof ecsVersion;
    };
    error?: {
        message: string;
    };
    event: EcsEvent;
    file?: {
        mime_type?: string;
        name?: string;
    };
    gen_ai: EcsGenAi;
    group?: {
        id?: string;
        name?: string;
    };
    message?: string;
    openai_chatgpt_enterprise: VendorFields;
    organization?: {
        id: string;
    };
    related?: {
        hosts?: string[];
        ip?: string[];
        user?: string[];
    };
    source?: EcsSource;
    tls?: {
        client: {
            ja3: string;
        };
    };
    url?: {
        full: string;
    };
    user?: EcsUser;
    user_agent?: {
        original: string;
    };
    vulnerability?: {
        id?: string;
        severity?: string;
    };
}

export interface EcsEvent {
    action?: string;
    category?: EcsCategory[];
    dataset: string;
    id?: string;
    kind: 'event' | 'metric' | 'pipeline_error';
    module: 'openai_chatgpt_enterprise';
    original?: string;
    outcome?: EcsOutcome;
    reason?: string;
    type?: EcsType[];
}

export interface EcsGenAi {
    agent?: {
        description?: string;
        id?: string;
        name?: string;
    };
    operation?: {
        name: 'chat';
    };
    output?: {
        type: string;
    };
    request?: {
        model: string;
    };
    response?: {
        id?: string;
        model?: string;
    };
    system: 'openai';
    tool?: {
        call?: {
            id: string;
        };
        name?: string;
        type?: string;
    };
    usage?: {
        input_tokens?: number;
        output_tokens?: number;
    };
}

export type EcsOutcome = 'failure' | 'success' | 'unknown';

export interface EcsSource {
    as?: {
        number: number;
    };
    geo?: {
        city_name?: string;
        country_iso_code?: string;
        location?: {
            lat: number;
            lon: number;
        };
        region_iso_code?: string;
        region_name?: string;
    };
    ip?: string;
}

export type EcsType = 'access' | 'allowed' | 'change' | 'creation' | 'deletion' | 'denied' | 'end' | 'group' | 'info' | 'start' | 'user';

export interface EcsUser {
    domain?: string;
    email?: string;
    full_name?: string;
    id?: string;
    target?: {
        email?: string;
        id?: string;
    };
}

export type ElementFilter<R, Path> = Filter<Path extends KnownKey<R> ? OneOf<R[Path]> : never>;

export interface Email extends TypedValue<'home' | 'other' | 'work'> {
    value?: null | string | undefined;
}

export interface Emulator {
    [Symbol.asyncDispose](): Promise<void>;
    readonly admin: EmulatorAdmin;
    readonly clientOptions: EmulatorClientOptions;
    readonly clock: EmulatorClock;
    close(): Promise<void>;
    readonly compliance: EmulatorCompliance;
    connectionConfig(overrides?: Partial<EmulatorConnectionConfig>): EmulatorConnectionConfig;
    readonly faults: FaultPlan;
    readonly fetch: typeof globalThis.fetch;
    handlers<Handler>(http: MswHttp<Handler>): Handler[];
    listen(options?: ListenOptions): Promise<EmulatorServer>;
    readonly platform: EmulatorPlatform;
    readonly requests: RequestLog;
    restore(snapshot: EmulatorSnapshot): void;
    readonly scim: EmulatorScim;
    snapshot(): EmulatorSnapshot;
    readonly store: EmulatorStore;
}

export interface EmulatorAdmin {
    readonly apiKey: string;
    readonly apiKeys: Readonly<Record<string, string>>;
    readonly baseUrl: string;
    readonly workspaceIds: readonly string[];
}

export interface EmulatorClientOptions {
    readonly clock: EmulatorClock;
    readonly fetch: typeof globalThis.fetch;
    readonly rateLimit: false;
}

export interface EmulatorClock extends Clock {
    advance(ms: number): unknown;
}

export interface EmulatorCompliance {
    readonly apiKey: string;
    readonly apiKeys: Readonly<Record<string, string>>;
    readonly baseUrl: string;
    readonly keys: Pick<ComplianceKeys, 'create' | 'enable' | 'get' | 'list' | 'revoke'>;
    readonly organizationId: string;
    readonly workspaceIds: readonly string[];
}

export interface EmulatorConnectionConfig {
    readonly complianceApiKey: string;
    readonly complianceApiKeys?: Readonly<Record<string, string>> | undefined;
    readonly complianceBaseUrl: string;
    readonly deprovisioning: boolean;
    readonly organizationId?: string | undefined;
    readonly platformApiKey?: string | undefined;
    readonly platformBaseUrl?: string | undefined;
    readonly platformIncludeTenant?: boolean | undefined;
    readonly platformOrganizationId?: string | undefined;
    readonly provisioning: boolean;
    readonly scimBaseUrl: string;
    readonly scimToken: string;
    readonly workspaceIds: string;
}

export declare class EmulatorError extends SdkError<EmulatorErrorCode> {
    protected constructor();
    readonly name = "EmulatorError";
}

export type EmulatorErrorCode = 'emulator_closed' | 'invalid_world' | 'leaked_credential' | 'unhandled_request' | 'unused_fault';

export interface EmulatorLogFile {
    readonly endTime: number;
    readonly eventType: string;
    readonly id: string;
    readonly newestEventTime: number | undefined;
    readonly principalId: string;
    readonly source: LogFileSource;
}

export interface EmulatorOAuth {
    readonly clientId: string;
    readonly clientSecret: string;
    revokeTokens(): void;
    readonly tokenUrl: string;
}

export interface EmulatorOptions {
    readonly admin?: AdminOptions | undefined;
    readonly clock?: Clock | undefined;
    readonly compliance?: ComplianceOptions | undefined;
    readonly createId?: ((resourceType: 'Group' | 'User') => string) | undefined;
    readonly maxRecordedRequests?: number | undefined;
    readonly platform?: PlatformOptions | undefined;
    readonly scim?: ScimOptions | undefined;
    readonly seed?: number | undefined;
    readonly workspaces?: readonly NewWorkspace[] | undefined;
    readonly world?: 'default' | 'empty' | undefined;
}

export interface EmulatorPlatform {
    readonly apiKey: string;
    readonly baseUrl: string;
}

export interface EmulatorRequest {
    readonly body: string;
    readonly headers: Headers;
    readonly method: string;
    readonly origins: Origins;
    readonly service: EmulatorService | undefined;
    readonly signal?: AbortSignal | undefined;
    readonly url: URL;
}

export type EmulatorRoute = AdminRoute_2 | ComplianceRoute_2 | PlatformRoute | ScimRoute | StorageRoute | TokenRoute;

export interface EmulatorScim {
    readonly baseUrl: string;
    createToken(): string;
    heldUsers(): readonly HeldUser[];
    readonly oauth: EmulatorOAuth | undefined;
    revokeToken(token: string): void;
    readonly token: string;
}

export interface EmulatorServer {
    [Symbol.asyncDispose](): Promise<void>;
    close(): Promise<void>;
    readonly complianceBaseUrl: string;
    connectionConfig(overrides?: Partial<EmulatorConnectionConfig>): EmulatorConnectionConfig;
    readonly oauthTokenUrl: string | undefined;
    readonly platformBaseUrl: string;
    readonly scimBaseUrl: string;
    readonly storageOrigin: string;
}

export type EmulatorService = 'admin' | 'compliance' | 'platform' | 'scim' | 'storage';

export interface EmulatorSnapshot {
    readonly [snapshotBrand]: true;
}

export interface EmulatorStore {
    readonly admin: {
        readonly groups: ManualGroups;
        readonly limits: UsageLimits;
    };
    readonly groups: StoredResources<Group, NewGroup>;
    readonly logs: LogStore;
    readonly platform: PlatformLog;
    readonly users: StoredResources<User, NewUser>;
    readonly workspaces: Workspaces;
}

export interface EnterpriseUser {
    [attribute: string]: unknown;
    costCenter?: null | string | undefined;
    department?: null | string | undefined;
    division?: null | string | undefined;
    employeeNumber?: null | string | undefined;
    manager?: Manager | null | undefined;
    organization?: null | string | undefined;
}

export type Entries<T, Prefix extends string = '', Depth extends 'part' | 'resource' = 'resource'> = {
    [K in KnownKey<T>]: (K extends `${string}:${string}` ? never : [
        `${Prefix}${K}`,
        LiteralOf<`${Prefix}${K}`, OneOf<T[K]>>
    ]) | (OneOf<T[K]> extends Scalar ? never : K extends `${string}:${string}` ? Entries<OneOf<T[K]>, `${K}:`> : Depth extends 'resource' ? Entries<OneOf<T[K]>, `${Prefix}${K}.`, 'part'> : never);
}[KnownKey<T>];

export interface EntryBase {
    readonly at: string;
    readonly fence: number;
}

export type EqualityArguments<R> = [
    path: AttributePath<R>,
    value: null
] | [
    path: BooleanPath<R>,
    value: boolean | null
] | [
    path: DatePath<R>,
    value: Date | null | string
] | [
    path: NumberPath<R>,
    value: null | number
] | [
    path: OpenPath<R>,
    value: LiteralInput
] | [
    path: TextPath<R>,
    value: null | string
];

export type EventActor = AccountUserActor | AgentActor | ApiKeyActor | ExternalUserActor | OtherActor | SystemActor;

export type EventEnvelope = {
    [key: string]: unknown;
    actor?: EventActor | undefined;
    event_id: string;
    principal?: EventPrincipal | undefined;
    timestamp: string;
};

export interface EventFacts {
    readonly attempt: number;
    readonly callId: number;
    readonly method: string;
    readonly route: string;
    readonly service: 'admin' | 'compliance' | 'platform' | 'scim';
}

export interface EventIssue {
    readonly message: string;
    readonly path: readonly (number | string)[];
}

export type EventOf<Type extends string> = Type extends KnownEventType ? EventsByType[Type] : Type extends PlatformLogType ? PlatformEvent : string extends Type ? AuditLogEvent : NewEvent<Type>;

export interface EventOwner {
    readonly id: string;
    readonly type: 'organization' | 'workspace';
}

export type EventPrincipal = {
    [key: string]: unknown;
    id?: string | undefined;
    type?: 'API_PLATFORM_ORG' | 'CHATGPT_WORKSPACE' | OtherName | undefined;
};

export interface EventRow {
    readonly action: string | undefined;
    readonly bytes: Uint8Array;
    readonly eventId: string;
    readonly eventType: string;
    readonly fileId: string;
    readonly line: number;
    readonly principal: AuditLogPrincipal;
    readonly raw: string;
    readonly timestamp: string | undefined;
    readonly userId: string | undefined;
}

export type EventTypeFor<Options, Type extends string> = NameOfPrincipal extends GivenIds<Options> ? Type : ReadableEventType<Options, Type>;

export type EventTypeName = OrganizationEventType | PlatformLogType | WorkspaceEventType;

export interface EventTypeVerdict {
    readonly eventType: string;
    readonly lagMs?: number;
    readonly newestEventAt?: null | string;
    readonly verdict: Verdict;
}

export type EventValidator = (record: Readonly<Record<string, unknown>>) => readonly EventIssue[] | undefined;

export interface EventsByType {
    APP_AUTH_LOG: AppAuthEvent;
    APP_LOG: AppCallEvent;
    AUDIT_LOG: AuditActionEvent;
    AUTH_LOG: AuthEvent;
    CHATGPT_GPT_ANALYTICS: WorkspaceAnalyticsEvent & {
        readonly type: 'CHATGPT_GPT_ANALYTICS';
    };
    CHATGPT_PLUGIN_SPREADSHEET: SpreadsheetEvent;
    CHATGPT_PROJECT_ANALYTICS: WorkspaceAnalyticsEvent & {
        readonly type: 'CHATGPT_PROJECT_ANALYTICS';
    };
    CHATGPT_SURVEY_ANALYTICS: WorkspaceAnalyticsEvent & {
        readonly type: 'CHATGPT_SURVEY_ANALYTICS';
    };
    CHATGPT_USER_ANALYTICS: WorkspaceAnalyticsEvent & {
        readonly type: 'CHATGPT_USER_ANALYTICS';
    };
    CODEX_LOG: CodexEvent;
    CODEX_SECURITY_LOG: CodexSecurityEvent;
    CODEX_TURN: CodexTurnEvent;
    CONVERSATION_MESSAGE: ConversationMessageEvent;
    COSTS: CostsEvent;
    CUSTOM_AGENTS_LOG: AgentEvent;
}

export interface ExportBudget {
    readonly maxBytes?: number | undefined;
    readonly maxEvents?: number | undefined;
    readonly maxMs?: number | undefined;
}

export interface ExportCounts {
    readonly bytes: number;
    readonly files: number;
    readonly gaps: number;
    readonly invalidLines: number;
    readonly repeated: number;
    readonly written: number;
}

export declare class ExportError extends SdkError<ExportErrorCode> {
    protected constructor();
    readonly name = "ExportError";
    readonly storeCode?: string;
}

export type ExportErrorCode = 'lease_lost' | 'store_damaged' | 'store_failed' | 'unknown_schema';

export interface ExportLag {
    readonly completeUntil: readonly (Pick<PartitionCheckpoint, 'eventType' | 'principal'> & {
        readonly time: string | undefined;
    })[];
    readonly ms: number | undefined;
}

export interface ExportOptions<Options extends PrincipalIds, Type extends string> {
    readonly batchSize?: number | undefined;
    readonly budget?: ExportBudget | undefined;
    readonly client: AuditLogClient<Options>;
    readonly leaseMs?: number | undefined;
    readonly onProgress?: ((progress: ExportProgress) => unknown) | undefined;
    readonly principal?: AuditLogPrincipal | undefined;
    readonly query: ExportQuery<EventTypeFor<Options, Type>>;
    readonly signal?: AbortSignal | undefined;
    readonly sink: LogSink;
}

export interface ExportProgress {
    readonly counts: ExportCounts;
    readonly principal: AuditLogPrincipal;
}

export type ExportQuery<Type extends string = string> = Omit<AuditLogEventsQuery<Type>, 'onCaughtUp' | 'onProgress' | 'ordering' | 'resumeFrom'>;

export interface ExportResult {
    readonly budgetSpent: boolean;
    readonly checkpoint: AuditLogCheckpoint;
    readonly counts: ExportCounts;
    readonly done: boolean;
    readonly held: readonly AuditLogPrincipal[];
    readonly lag: ExportLag;
}

export type Extended<T, Extensions extends ExtensionShapes> = [
    keyof ExtensionShapes
] extends [
    keyof Extensions
] ? T : T & ExtensionsOf<Extensions>;

export type ExtensionShapes = Readonly<Record<`urn:${string}`, Schema<unknown>>>;

export type ExtensionsOf<Extensions extends ExtensionShapes> = {
    [Urn in keyof Extensions]?: Extensions[Urn] extends Schema<infer Output> ? Output | null | undefined : unknown;
};

export type ExternalUserActor = {
    [key: string]: unknown;
    provider?: null | string | undefined;
    provider_user_id?: null | string | undefined;
    type: 'EXTERNAL_COLLABORATION_USER';
};

export interface FailedPrincipal {
    readonly error: Error;
    readonly eventTypes?: readonly string[] | undefined;
    readonly principal: AuditLogPrincipal;
}

export type Fault = {
    readonly afterCommit: boolean;
    readonly body: unknown;
    readonly headers: Readonly<Record<string, string>>;
    readonly kind: 'status';
    readonly retryAfterDateMs: number | undefined;
    readonly sentAs: number;
    readonly status: number;
} | {
    readonly bytes: number | undefined;
    readonly kind: 'truncated_body';
} | {
    readonly bytes: number;
    readonly delayMs: number;
    readonly kind: 'slow_body';
} | {
    readonly change: () => unknown;
    readonly kind: 'meanwhile';
    readonly name: string;
} | {
    readonly edit: 'drifting_page' | 'empty_page' | 'repeated_page' | 'repeated_row';
    readonly kind: 'list';
} | {
    readonly edit: 'missing_cursor' | 'repeated_cursor';
    readonly kind: 'cursor';
} | {
    readonly edit: (body: unknown, request: EmulatorRequest) => unknown;
    readonly kind: 'response_body';
    readonly name: string;
} | {
    readonly kind: 'corrupt_body';
} | {
    readonly kind: 'cut';
    readonly when: 'after_commit' | 'before_commit' | 'during_body';
} | {
    readonly kind: 'expired_url';
} | {
    readonly kind: 'followed_redirect';
} | {
    readonly kind: 'gzip';
} | {
    readonly kind: 'header';
    readonly name: string;
    readonly value: string | undefined;
} | {
    readonly kind: 'latency';
    readonly ms: number;
} | {
    readonly kind: 'missing_fields';
    readonly names: readonly string[];
} | {
    readonly kind: 'query';
    readonly name: string;
    readonly set: Readonly<Record<string, string | undefined>>;
} | {
    readonly kind: 'total_results';
    readonly total: 'page_size' | number;
};

export declare class FaultPlan {
    add(fault: Fault, given?: FaultTarget): PlannedFault;
    clear(): void;
    get unused(): readonly string[];
}

export interface FaultTarget {
    readonly route?: EmulatorRoute | readonly EmulatorRoute[] | undefined;
    readonly service?: EmulatorService | undefined;
    readonly skip?: number | undefined;
    readonly times?: number | undefined;
    readonly when?: ((request: EmulatorRequest) => boolean) | undefined;
}

export type FieldOf<Config, Field extends string> = Config extends unknown ? Field extends keyof Config ? Exclude<Config[Field], undefined> : never : never;

export interface FileJournalOptions {
    readonly lock?: string | undefined;
}

export type Filter<R = never> = FilterExpression & ([
    R
] extends [
    never
] ? unknown : {
    readonly '~resource'?: (resource: R) => void;
});

export type FilterExpression = Combination | Comparison | Negation | Presence | ValuePath;

export interface FilterOptions {
    readonly schema?: ResourceSchema | undefined;
}

export interface FilterSupport extends SupportedFeature {
    maxResults?: null | number | undefined;
}

export type FilterValue = boolean | null | number | string;

export interface FindOptions extends RequestOptions {
    readonly scan?: boolean | undefined;
}

export type FindQuery<Several extends boolean> = MemberFindQuery & (Several extends true ? {
    readonly workspaceId: string;
} : unknown);

export type FormFieldName = 'complianceApiKey' | 'complianceApiKeys' | 'complianceBaseUrl' | 'deprovisioning' | 'organizationId' | 'platformApiKey' | 'platformBaseUrl' | 'platformIncludeTenant' | 'platformOrganizationId' | 'provisioning' | 'scimBaseUrl' | 'scimToken' | 'workspaceIds';

export type FormInput = ConnectionConfigInput | NonNullable<unknown> | null | undefined;

export interface FormatCheckReportOptions {
    readonly color?: boolean | undefined;
}

export interface FormatPlanOptions {
    readonly color?: boolean | undefined;
}

export type FullConfig = ScimSettings & ComplianceSettings & PlatformSettings;

export declare const GROUP_URN = "urn:ietf:params:scim:schemas:core:2.0:Group";

export interface GenerateEventsOptions<Type extends KnownEventType = KnownEventType> {
    readonly count: number;
    readonly eventType: Type;
    readonly from: string;
    readonly owner: EventOwner;
    readonly people?: readonly Person_2[] | undefined;
    readonly seed?: number | undefined;
    readonly to: string;
}

export interface GenerateEveryKindOptions<Type extends KnownEventType = KnownEventType> extends Omit<GenerateEventsOptions<Type>, 'count' | 'from' | 'to'> {
    readonly at: string;
}

export interface GeneratePlatformEventsOptions {
    readonly count?: number | undefined;
    readonly from: string;
    readonly people?: readonly Person_2[] | undefined;
    readonly seed?: number | undefined;
    readonly to: string;
    readonly types?: readonly string[] | undefined;
}

export interface GetOptions<T = never> extends RequestOptions, Projection<T> {
}

export type GivenIds<Options> = [
    NamedIds<Options>
] extends [
    never
] ? IdName : NamedIds<Options>;

export type Granted<P extends KnownAccess, Provisioning, Deprovisioning, Both = never> = {
    'read-only': Record<KnownAccess, never>;
    deprovisioning: {
        'read-only': never;
        deprovisioning: Deprovisioning;
        provisioning: Both;
    };
    provisioning: {
        'read-only': never;
        deprovisioning: Both;
        provisioning: Provisioning;
    };
}[P][P];

export type GrantedAccess = Readonly<Record<Permission, boolean>>;

export type GrantedBy<A> = [
    A
] extends [
    Readonly<Record<Permission, true>>
] ? 'deprovisioning' | 'provisioning' : [
    A
] extends [
    {
        readonly provisioning: true;
    }
] ? 'provisioning' : [
    A
] extends [
    {
        readonly deprovisioning: true;
    }
] ? 'deprovisioning' : 'read-only';

export interface Group extends Resource {
    displayName: string;
    members?: GroupMember[] | null | undefined;
}

export interface GroupIterateQuery extends AdminIterateQuery, GroupListQuery {
}

export interface GroupListQuery extends AdminListQuery {
    readonly limit?: LimitQuery['limit'];
    readonly order?: 'asc' | 'desc' | undefined;
}

export interface GroupMember {
    [attribute: string]: unknown;
    $ref?: null | string | undefined;
    display?: null | string | undefined;
    type?: 'Group' | 'User' | (string & {}) | null | undefined;
    value?: null | string | undefined;
}

export interface GroupMember_2 {
    readonly [field: string]: unknown;
    readonly created_at?: number | undefined;
    readonly email?: null | string | undefined;
    readonly id: string;
    readonly is_scim_managed?: boolean | null | undefined;
    readonly name?: null | string | undefined;
    readonly object?: 'compliance.workspace.user' | (string & {}) | undefined;
    readonly role?: null | string | undefined;
    readonly status?: 'active' | 'deactivated' | (string & {}) | undefined;
}

export declare class GroupOperations<P extends KnownAccess, in out T extends Resource> extends ResourceOperations<T> {
    protected constructor();
    addMembers(groupId: string, members: readonly MemberInput[], options?: MembersOptions): Promise<MembersResult>;
    removeMembers(groupId: string, memberIds: readonly string[], options?: MembersOptions): Promise<MembersResult>;
    replace(id: string, group: ResourceInput<T>, options?: WriteOptions<T>): Promise<T | undefined>;
    setMembers(groupId: string, members: readonly MemberInput[], options?: MembersOptions): Promise<MembersResult>;
    withExtensions<const Extensions extends ExtensionShapes>(extensions: Extensions): Groups<P, T & ExtensionsOf<Extensions>>;
}

export interface GroupUsageLimit {
    readonly [field: string]: unknown;
    readonly default_user_monthly_usage_limit?: null | readonly UsageLimit[] | undefined;
    readonly group_name?: string | undefined;
    readonly id: string;
    readonly num_members?: number | undefined;
    readonly object?: 'workspace.group.usage_limit' | (string & {}) | undefined;
}

export type Groups<P extends KnownAccess = 'read-only', T extends Resource = Group> = Pick<GroupOperations<P, T>, 'withExtensions' | Granted<P, 'addMembers' | 'create' | 'patch' | 'upsert', 'delete' | 'removeMembers', 'replace' | 'setMembers'> | ReadMethod>;

export type Half<Config, Having, Client> = [
    Having
] extends [
    never
] ? undefined : [
    Exclude<Config, Having>
] extends [
    never
] ? Client : Client | undefined;

export type HasLogs<Config> = Config extends {
    readonly platformApiKey: string;
} | {
    readonly workspaceIds: readonly string[];
} ? true : [
    FieldOf<Config, 'platformApiKey'>
] extends [
    never
] ? false : boolean;

export interface HeldAction {
    readonly ids?: readonly string[] | undefined;
    readonly kind: PlanActionKind;
    readonly members?: readonly PlannedMember[] | undefined;
    readonly reason: HeldReason;
    readonly remedy: string;
    readonly target: PlanTarget;
}

export type HeldReason = 'address_moved' | 'alike' | 'changed_since' | 'desired_twice' | 'group_renamed' | 'invalid' | 'key_creator' | 'key_creator_unknown' | 'list_incomplete' | 'looks_like_rename' | 'member_held' | 'member_unknown' | 'members_hidden' | 'no_inverse' | 'not_managed' | 'outcome_unknown' | 'owner' | 'owners_unknown' | 'protected' | 'service_account' | 'several_accounts' | 'swap_held';

export interface HeldUser {
    readonly attributes: Readonly<Record<string, unknown>>;
    readonly id: string;
}

export type IdName = 'organizationId' | 'workspaceIds';

export declare class IncompleteListError extends SdkError<IncompleteListErrorCode> {
    protected constructor();
    readonly cursor?: string;
    readonly method?: string;
    readonly name = "IncompleteListError";
    readonly reason: IncompleteListReason;
    readonly received: number;
    readonly requests: number;
    readonly route?: string;
    readonly totalResults?: number;
}

export type IncompleteListErrorCode = 'incomplete_list' | 'pagination_stuck';

export type IncompleteListReason = 'changed' | 'cursor_elsewhere' | 'cursor_expired' | 'cursor_missing' | 'cursor_repeated' | 'cursor_stuck' | 'end_unclear' | 'page_empty' | 'page_limit' | 'row_contradicts' | 'row_repeated' | 'row_vanished' | 'row_without_id' | 'rows_missing' | 'stalled' | 'tie_larger_than_page';

export declare class InputError extends SdkError<'invalid_input'> {
    protected constructor();
    readonly name = "InputError";
    readonly path: readonly (number | string)[];
}

export interface InvalidLine {
    readonly byteOffset: number;
    readonly file: AuditLogFile;
    readonly line: number;
    readonly problem: JsonLinesProblem;
}

export interface Invitation {
    readonly email: string;
    readonly isPending?: boolean | undefined;
    readonly listedBy: 'admin' | 'compliance';
    readonly raw: Readonly<Record<string, unknown>>;
    readonly status?: string | undefined;
    readonly workspaceId: string;
}

export interface Invite {
    readonly [field: string]: unknown;
}

export type IsOpen<T> = [
    Exclude<KnownKey<T>, KnownKey<Resource> | `urn:${string}`>
] extends [
    never
] ? true : false;

export interface IterateQuery<T = never> extends ResourceQuery<T> {
    readonly completeness?: 'evident' | 'proven' | undefined;
    readonly count?: number | undefined;
    readonly cursor?: string | undefined;
    readonly maxPages?: number | undefined;
    readonly onIncomplete?: ((verdict: IncompleteListError) => unknown) | undefined;
    readonly prefetch?: number | undefined;
}

export interface JournalDoubt extends EntryBase {
    readonly action: string;
    readonly type: 'doubt';
}

export interface JournalEnd extends EntryBase {
    readonly code?: string | undefined;
    readonly finished: boolean;
    readonly type: 'end';
}

export type JournalEntry = JournalDoubt | JournalEnd | JournalFailure | JournalIntent | JournalReceipt | JournalStart;

export interface JournalFailure extends EntryBase {
    readonly action: string;
    readonly code?: string | undefined;
    readonly kind: PlanActionKind;
    readonly members?: readonly MemberOutcome[] | undefined;
    readonly outcome: Exclude<OutcomeName, 'already' | 'done'>;
    readonly seen?: string | undefined;
    readonly target: PlanTarget;
    readonly type: 'failure';
}

export interface JournalIntent extends EntryBase {
    readonly action: string;
    readonly after?: Readonly<Record<string, unknown>> | undefined;
    readonly before?: Readonly<Record<string, unknown>> | undefined;
    readonly kind: PlanActionKind;
    readonly members?: readonly PlannedMember[] | undefined;
    readonly swap?: boolean | undefined;
    readonly target: PlanTarget;
    readonly type: 'intent';
}

export interface JournalLease {
    readonly expiresAt: number;
    readonly fence: number;
    readonly holder?: string | undefined;
    readonly owner: string;
}

export interface JournalReceipt extends EntryBase {
    readonly action: string;
    readonly kind: PlanActionKind;
    readonly members?: readonly MemberOutcome[] | undefined;
    readonly outcome: Extract<OutcomeName, 'already' | 'done'>;
    readonly seen?: string | undefined;
    readonly target: PlanTarget;
    readonly type: 'receipt';
}

export interface JournalStart extends EntryBase {
    readonly connection: PlanConnection;
    readonly owner: string;
    readonly plan: string;
    readonly policyDigest: string;
    readonly type: 'start';
    readonly version: 1;
}

export type JsonLinesProblem = 'not_a_json_object' | 'too_long';

export type KeyKind = 'admin_key' | 'project_key';

export type KnownAccess = 'read-only' | Permission;

export type KnownEventType = keyof EventsByType;

export type KnownKey<T> = keyof {
    [K in keyof T as string extends K ? never : number extends K ? never : symbol extends K ? never : K]: true;
} & string;

export interface KnownPlatformEvent extends PlatformEventBase, Readonly<Partial<PlatformPayloads>>, WithoutShape {
    readonly type: PlatformEventName | PlatformTenantEventName;
}

export type KnownPrincipals<Config> = [
    FieldOf<Config, 'platformApiKey'>
] extends [
    never
] ? CompliancePrincipals<Config> : CompliancePrincipals<Config> & PlatformPrincipal;

export interface LastActivity {
    readonly at: string;
    readonly eventType: string;
}

export interface LimitQuery {
    readonly limit?: number | undefined;
}

export interface List<T> extends AsyncIterable<T> {
    toArray(options?: ToArrayOptions): Promise<T[]>;
}

export interface ListQuery<T = never> extends ResourceQuery<T> {
    readonly count?: number | undefined;
    readonly cursor?: string | undefined;
    readonly startIndex?: number | undefined;
}

export interface ListedServiceAccount {
    readonly id: string;
    readonly isEnabled?: boolean | undefined;
    readonly name?: string | undefined;
    readonly raw: Readonly<Record<string, unknown>>;
    readonly workspaceId: string;
}

export interface ListenOptions {
    readonly port?: number | undefined;
    readonly storagePort?: number | undefined;
}

export type LiteralInput = Date | FilterValue;

export type LiteralOf<Path, Type> = Path extends 'meta.created' | 'meta.lastModified' ? Date | string : Type extends Scalar ? Type : Type extends {
    value?: infer Value;
} ? Extract<NonNullable<Value>, Scalar> : never;

export interface LogEvent {
    readonly [field: string]: unknown;
    readonly event_id: string;
    readonly timestamp: string;
    readonly type: string;
}

export type LogFile = {
    [key: string]: unknown;
    end_time: string;
    event_type: string;
    file_name?: string | undefined;
    file_sha256?: string | undefined;
    file_size?: number | undefined;
    id: string;
};

export type LogFileSource = {
    readonly bytes: Uint8Array<ArrayBuffer>;
    readonly kind: 'bytes';
} | {
    readonly kind: 'lines';
    readonly lines: readonly string[];
} | {
    readonly kind: 'synthetic';
    readonly size: number;
    readonly template: string;
};

export interface LogSink {
    erase(person: {
        readonly userId: string;
    }): Promise<{
        readonly erased: number;
    }>;
    readonly isUniqueByEventId: boolean;
    lease(key: string, ttlMs: number): Promise<SinkLease | undefined>;
    prune(range: {
        readonly before: Date | string;
    }): Promise<{
        readonly removed: number;
    }>;
}

export declare class LogStore {
    addFile(principalId: string, file: NewLogFile): string;
    append(principalId: string, events: Iterable<LogEvent>, options?: {
        readonly writtenAt?: string | undefined;
    }): void;
    flush(principalId: string): void;
    get(principalId: string, id: string): EmulatorLogFile | undefined;
    list(principalId: string, given?: {
        readonly after?: number | undefined;
        readonly before?: number | undefined;
        readonly eventTypes?: ReadonlySet<string> | undefined;
        readonly limit?: number | undefined;
    }): EmulatorLogFile[];
}

export interface LogStoreOptions {
    readonly maxFileBytes?: number | undefined;
    readonly publishDelayMs?: number | undefined;
    readonly retentionMs?: number | undefined;
    readonly tiedEndTimes?: boolean | undefined;
    readonly windowMs?: number | undefined;
}

export declare const MAX_FILTER_DEPTH = 128;

export interface Manager {
    [attribute: string]: unknown;
    $ref?: null | string | undefined;
    displayName?: null | string | undefined;
    value?: null | string | undefined;
}

export interface ManualGroup {
    readonly created_at: number;
    readonly id: string;
    readonly memberIds: readonly string[];
    readonly name: string;
}

export declare class ManualGroups {
    add(workspaceId: string, group: NewManualGroup): string;
    delete(workspaceId: string, groupId: string): void;
    list(workspaceId: string): readonly ManualGroup[];
    setMembers(workspaceId: string, groupId: string, members: readonly string[]): void;
}

export interface MaxEventTimes {
    readonly maxEventTime: Readonly<Record<string, null | string>>;
    readonly principal: AuditLogPrincipal;
}

export interface Member {
    readonly [field: string]: unknown;
    readonly email?: null | string | undefined;
    readonly id: string;
    readonly is_scim_managed?: boolean | null | undefined;
    readonly name?: null | string | undefined;
    readonly object?: 'workspace.user' | (string & {}) | undefined;
    readonly role?: null | string | undefined;
    readonly seat_type?: 'chatgpt' | 'codex' | (string & {}) | null | undefined;
}

export interface MemberFindQuery extends WorkspaceQuery {
    readonly email: string;
}

export type MemberInput = GroupMember | string;

export interface MemberIterateQuery extends AdminIterateQuery, MemberListQuery {
}

export interface MemberListQuery extends AdminListQuery {
    readonly limit?: LimitQuery['limit'];
}

export interface MemberOutcome extends PlannedMember {
    readonly code?: string | undefined;
    readonly outcome: OutcomeName;
}

export interface MembersAction extends PlanActionBase {
    readonly baseline?: string | undefined;
    readonly before?: undefined | {
        readonly members: number;
    };
    readonly kind: 'add_members' | 'remove_members';
    readonly members: readonly PlannedMember[];
    readonly swap: boolean;
    readonly target: PlanTarget;
}

export interface MembersOptions extends RequestOptions {
    readonly verify?: boolean | undefined;
}

export interface MembersResult {
    readonly added: readonly string[];
    readonly already?: readonly string[] | undefined;
    readonly dropped?: readonly string[] | undefined;
    readonly notFound?: readonly string[] | undefined;
    readonly remaining?: readonly string[] | undefined;
    readonly removed: readonly string[];
    readonly verified?: boolean | undefined;
}

export type MembersSent = Pick<MembersResult, 'added' | 'removed'>;

export interface MemorySink extends LogSink {
    readonly events: readonly Omit<EventRow, 'bytes'>[];
}

export type MessageAnnotation = OtherActor | {
    [key: string]: unknown;
    action_domain?: null | string | undefined;
    action_name?: null | string | undefined;
    type: 'custom_action';
} | {
    [key: string]: unknown;
    files?: null | undefined | {
        [key: string]: unknown;
        id?: string | undefined;
        name?: null | string | undefined;
    }[];
    type: 'file_citation';
} | {
    [key: string]: unknown;
    type: 'url_citation';
    urls?: null | string[] | undefined;
};

export type MessageClientType = 'android_app' | 'android_web' | 'chatgpt_api' | 'desktop_web' | 'ios_app' | 'ios_web' | 'macos_app' | 'unknown' | 'windows_app';

export interface Meta {
    [attribute: string]: unknown;
    created?: null | string | undefined;
    lastModified?: null | string | undefined;
    location?: null | string | undefined;
    resourceType?: null | string | undefined;
    version?: null | string | undefined;
}

export interface MonthlyUsage {
    readonly [field: string]: unknown;
    readonly account_user_id?: string | undefined;
    readonly current_month_usage?: null | number | undefined;
    readonly current_month_usage_unit?: 'credit' | 'usd' | (string & {}) | null | undefined;
    readonly effective_monthly_usage_limit?: UsageLimit | null | undefined;
    readonly id: string;
    readonly object?: 'workspace.user.usage_limit.monthly_usage' | (string & {}) | undefined;
}

export interface MswHttp<Handler> {
    all(url: RegExp, resolver: (info: {
        readonly request: Request;
    }) => Promise<Response>): Handler;
}

export interface MultiValuedAttribute extends TypedValue<string> {
    $ref?: null | string | undefined;
}

export type MultiValuedPath<R> = ComplexListOf<R> | OpenPath<R>;

export interface Name {
    [attribute: string]: unknown;
    familyName?: null | string | undefined;
    formatted?: null | string | undefined;
    givenName?: null | string | undefined;
    honorificPrefix?: null | string | undefined;
    honorificSuffix?: null | string | undefined;
    middleName?: null | string | undefined;
}

export type NameIn<T> = {
    [K in KnownKey<T>]: OneOf<T[K]> extends Scalar ? K : K extends `${string}:${string}` ? `${K}:${KnownKey<OneOf<T[K]>>}` : K | `${K}.${KnownKey<OneOf<T[K]>>}`;
}[KnownKey<T>];

export type NameOfPrincipal = 'platform' | IdName;

export type NamedIds<Options> = {
    [Key in keyof Options & NameOfPrincipal]-?: [
        Exclude<Options[Key], undefined>
    ] extends [
        never
    ] ? never : Key;
}[keyof Options & NameOfPrincipal];

export type NamesSeveral<Options> = Options extends {
    readonly workspaceIds: infer Ids;
} ? Ids extends readonly [
    string,
    string,
    ...string[]
] ? true : Ids extends `${string}${',' | ';' | '\n' | '|'}${infer Rest}` ? Rest extends '' ? false : true : false : false;

export declare class NaturalKeyConflictError extends SdkError<'conflict'> {
    protected constructor();
    externalIds(): readonly string[];
    ids(): readonly string[];
    readonly name = "NaturalKeyConflictError";
    readonly reason: NaturalKeyConflictReason;
    readonly route: string;
}

export type NaturalKeyConflictReason = 'alike' | 'doubled' | 'other_external_id' | 'other_resource' | 'service_account' | 'service_account_active' | 'service_account_name' | 'several' | 'shared_address';

export interface NdjsonSinkOptions {
    readonly clock?: Clock | undefined;
    readonly compress?: 'gzip' | undefined;
    readonly layout?: 'day' | 'file' | undefined;
}

export interface Negation {
    readonly filter: FilterExpression;
    readonly op: 'not';
}

export interface NewComplianceKey {
    readonly creator?: string | undefined;
    readonly enabled?: boolean | undefined;
    readonly expiresInDays?: number | undefined;
    readonly keyClass?: ComplianceKeyClass | undefined;
    readonly principalIds?: readonly string[] | undefined;
    readonly scopes?: readonly ComplianceScope[] | undefined;
    readonly workspaceId?: string | undefined;
}

export type NewEvent<Type extends string> = EventEnvelope & {
    readonly type: Type;
};

export interface NewGroup {
    readonly [attribute: string]: unknown;
    readonly displayName: string;
}

export type NewLogFile = {
    readonly endTime: string;
    readonly eventType: string;
    readonly id?: string | undefined;
} & ({
    readonly body: Uint8Array<ArrayBuffer> | string;
} | {
    readonly events: readonly LogEvent[];
} | {
    readonly sizeBytes: number;
    readonly template: LogEvent;
});

export interface NewManualGroup {
    readonly id?: string | undefined;
    readonly members?: readonly string[] | undefined;
    readonly name: string;
}

export interface NewPlatformEvent {
    readonly [field: string]: unknown;
    readonly effective_at?: number | undefined;
    readonly id?: string | undefined;
    readonly type: string;
}

export interface NewUsageLimitRequest {
    readonly justification?: string | undefined;
    readonly recommended?: UsageLimit_2 | undefined;
    readonly resolvedBy?: string | undefined;
    readonly status?: UsageLimitRequest_2['status'] | undefined;
    readonly user: string;
}

export interface NewUser {
    readonly [attribute: string]: unknown;
    readonly userName: string;
}

export interface NewWorkspace {
    readonly hasAdminApi?: boolean | undefined;
    readonly id?: string | undefined;
    readonly keys?: readonly NewWorkspaceKey[] | undefined;
    readonly name?: string | undefined;
    readonly organizationId?: string | undefined;
    readonly users?: readonly WorkspaceUser[] | undefined;
}

export type NewWorkspaceKey = Omit<NewComplianceKey, 'principalIds' | 'workspaceId'>;

export type NormalizableEvent = AuditLogEvent | NewEvent<string> | PlatformRecord;

export interface NormalizeOptions {
    readonly include?: readonly Sensitive[] | undefined;
    readonly organizationId?: string | undefined;
}

export interface NotPermitted {
    readonly count: number;
    readonly missing: readonly Permission[];
}

export type NumberPath<R> = PathOf<Entries<R>, number>;

export interface OAuthOptions {
    readonly authentication?: 'basic' | 'post' | undefined;
    readonly expiresInSeconds?: number | undefined;
    readonly scope?: string | undefined;
}

export interface ObjectPutOptions {
    readonly contentType: string;
    readonly ifMatch?: string | undefined;
    readonly ifNoneMatch?: '*' | undefined;
}

export interface ObjectSinkOptions {
    readonly clock?: Clock | undefined;
    readonly compress?: 'gzip' | undefined;
    readonly prefix?: string | undefined;
}

export interface ObjectStore {
    get(key: string): Promise<undefined | {
        readonly body: Uint8Array;
        readonly etag: string;
    }>;
    list?(prefix: string): AsyncIterable<string> | Iterable<string>;
    put(key: string, body: Uint8Array, options: ObjectPutOptions): Promise<undefined | {
        readonly etag: string;
    }>;
    remove?(key: string): Promise<unknown>;
}

export type ObservedCode = keyof typeof adminRemedies | keyof typeof complianceRemedies | keyof typeof connectionRemedies | keyof typeof networkRemedies | keyof typeof platformFindings | keyof typeof scimRemedies;

export interface OcsfAccountChange extends OcsfIamEvent {
    readonly class_uid: 3001;
    readonly user: OcsfUser;
}

export interface OcsfActor {
    readonly app_name?: string;
    readonly app_uid?: string;
    readonly user?: OcsfUser;
}

export interface OcsfApiActivity extends OcsfEventBase {
    readonly actor: OcsfActor;
    readonly api: {
        readonly operation: string;
        readonly service?: OcsfNamed;
    };
    readonly category_uid: 6;
    readonly class_uid: 6003;
    readonly dst_endpoint?: OcsfEndpoint;
    readonly http_request?: OcsfHttpRequest;
    readonly resources?: readonly OcsfResource[];
    readonly src_endpoint: OcsfEndpoint;
}

export interface OcsfAuthentication extends OcsfIamEvent {
    readonly auth_protocol_id?: 0 | 4 | 5;
    readonly class_uid: 3002;
    readonly dst_endpoint?: OcsfEndpoint;
    readonly is_remote: true;
    readonly service: OcsfNamed;
    readonly session?: {
        readonly uid: string;
    };
    readonly user: OcsfUser;
}

export interface OcsfEndpoint {
    readonly autonomous_system?: {
        readonly number: number;
    };
    readonly hostname?: string;
    readonly ip?: string;
    readonly location?: OcsfLocation;
    readonly name?: string;
}

export interface OcsfEntity extends OcsfResource {
    readonly group?: OcsfNamed;
    readonly user?: OcsfUser;
}

export interface OcsfEntityManagement extends OcsfIamEvent {
    readonly class_uid: 3004;
    readonly entity: OcsfEntity;
}

export type OcsfEvent = OcsfAccountChange | OcsfApiActivity | OcsfAuthentication | OcsfEntityManagement | OcsfGroupManagement | OcsfSecurityFinding | OcsfUserAccess | OcsfWebResourcesActivity;

export interface OcsfEventBase {
    readonly activity_id: number;
    readonly activity_name?: string;
    readonly metadata: OcsfMetadata;
    readonly severity_id: 0 | 1 | 2 | 3 | 4 | 5;
    readonly status?: string;
    readonly status_code?: string;
    readonly status_detail?: string;
    readonly status_id: number;
    readonly time: number;
    readonly type_uid: number;
    readonly unmapped?: OcsfUnmapped;
}

export interface OcsfGroupManagement extends OcsfIamEvent {
    readonly class_uid: 3006;
    readonly group: OcsfNamed;
    readonly privileges?: readonly string[];
    readonly user?: OcsfUser;
}

export interface OcsfHttpRequest {
    readonly user_agent: string;
}

export interface OcsfIamEvent extends OcsfEventBase {
    readonly actor?: OcsfActor;
    readonly category_uid: 3;
    readonly http_request?: OcsfHttpRequest;
    readonly src_endpoint?: OcsfEndpoint;
}

export interface OcsfLocation {
    readonly city?: string;
    readonly country?: string;
    readonly lat?: number;
    readonly long?: number;
    readonly region?: string;
}

export interface OcsfMetadata {
    readonly correlation_uid?: string;
    readonly event_code?: string;
    readonly log_name?: string;
    readonly original_time?: string;
    readonly product: {
        readonly name: string;
        readonly vendor_name: 'OpenAI';
    };
    readonly profiles?: readonly [
        'host'
    ];
    readonly tenant_uid?: string;
    readonly uid?: string;
    readonly version: '1.5.0';
}

export interface OcsfNamed {
    readonly name?: string;
    readonly uid?: string;
}

export interface OcsfOptions extends NormalizeOptions {
    readonly version?: '1.5.0' | undefined;
}

export interface OcsfResource extends OcsfNamed {
    readonly type: string;
}

export interface OcsfSecurityFinding extends OcsfEventBase {
    readonly actor?: OcsfActor;
    readonly application: OcsfNamed;
    readonly category_uid: 2;
    readonly class_uid: 2007;
    readonly finding_info: {
        readonly uid: string;
    };
    readonly remediation?: {
        readonly desc: string;
        readonly references: readonly string[];
    };
}

export interface OcsfUnmapped {
    readonly [field: string]: unknown;
    readonly omitted?: readonly string[];
}

export interface OcsfUser {
    readonly credential_uid?: string;
    readonly domain?: string;
    readonly email_addr?: string;
    readonly name?: string;
    readonly type?: string;
    readonly type_id?: 0 | 1 | 99;
    readonly uid?: string;
}

export interface OcsfUserAccess extends OcsfIamEvent {
    readonly class_uid: 3005;
    readonly privileges: readonly string[];
    readonly user: OcsfUser;
}

export interface OcsfWebResourcesActivity extends OcsfEventBase {
    readonly actor?: OcsfActor;
    readonly category_uid: 6;
    readonly class_uid: 6001;
    readonly dst_endpoint?: OcsfEndpoint;
    readonly http_request?: OcsfHttpRequest;
    readonly src_endpoint?: OcsfEndpoint;
    readonly web_resources: readonly OcsfResource[];
}

export type OneOf<T> = T extends readonly (infer Element)[] ? NonNullable<Element> : NonNullable<T>;

export declare class OpenConnection<Scim, AuditLogs, Compliance = ComplianceRoutes | undefined> implements AsyncDisposable {
    protected constructor();
    [Symbol.asyncDispose](): Promise<void>;
    readonly admin: AdminClient | undefined;
    readonly auditLogs: AuditLogs;
    check(query?: CheckQuery, options?: RequestOptions): Promise<CheckReport>;
    close(): Promise<void>;
    readonly compliance: Compliance;
    roster(query?: RosterQuery, options?: RequestOptions): List<Person>;
    readonly scim: Scim;
}

export type OpenPath<R> = [
    R
] extends [
    never
] ? string : [
    KnownKey<R>
] extends [
    never
] ? string : `urn:${string}:${string}`;

export type OrderArguments<R> = [
    path: DatePath<R>,
    value: Date | string
] | [
    path: NumberPath<R>,
    value: number
] | [
    path: OpenPath<R>,
    value: Date | number | string
] | [
    path: TextPath<R>,
    value: string
];

export type OrganizationEventType = (string & {}) | Exclude<KnownEventType, WorkspaceOnlyEventType>;

export type OrganizationOnlyEventType = (typeof organizationOnlyEventTypes)[number];

export interface Origins {
    readonly compliance: string;
    readonly platform: string;
    readonly scim: string;
    readonly storage: string;
}

export type OtherActor = {
    [key: string]: unknown;
    type?: OtherName | undefined;
};

export type OtherName = `${string} (unknown to this version)`;

export type OutcomeName = 'already' | 'done' | 'drifted' | 'failed' | 'held_back' | 'not_permitted' | 'not_reached' | 'partial' | 'unknown';

export interface PaginationSupport {
    [attribute: string]: unknown;
    cursor?: boolean | null | undefined;
    cursorTimeout?: null | number | undefined;
    defaultPageSize?: null | number | undefined;
    defaultPaginationMethod?: 'cursor' | 'index' | (string & {}) | null | undefined;
    index?: boolean | null | undefined;
    maxPageSize?: null | number | undefined;
}

export interface ParseConnectionConfigOptions<Required extends RequiredPart = 'either'> {
    readonly allowUnknownWorkspaceIdForms?: boolean | undefined;
    readonly dangerouslyAllowHttpLoopback?: boolean | undefined;
    readonly onWarning?: ((warning: ConfigWarning) => void) | undefined;
    readonly require?: ('either' extends Required ? readonly ConnectionPart[] : readonly (Required & ConnectionPart)[]) | undefined;
}

export interface PartitionCheckpoint {
    readonly after: string;
    readonly caughtUpAt?: string | undefined;
    readonly completedFiles: string;
    readonly current?: PartlyDeliveredFile | undefined;
    readonly eventType: string;
    readonly gaps: readonly AuditLogGap[];
    readonly listFrom?: string | undefined;
    readonly principal: AuditLogPrincipal;
    readonly seen: readonly string[];
}

export interface PartlyDeliveredFile {
    readonly byteOffset: number;
    readonly file: LogFile;
    readonly line: number;
}

export type PartsOf<Value> = {
    readonly [Part in keyof Value as string extends Part ? never : number extends Part ? never : Part]: Value[Part];
};

export declare class PatchError extends SdkError<'invalid_patch'> {
    protected constructor();
    readonly name = "PatchError";
    readonly operation: number;
    readonly path?: string;
    readonly scimType: PatchScimType;
}

export type PatchOperation<T = never> = {
    op: 'add' | 'remove' | 'replace';
    path?: PathText<T> | undefined;
    value?: unknown;
};

export interface PatchPath {
    readonly attribute?: string;
    readonly filter?: FilterExpression;
    readonly subAttribute?: string;
    readonly urn?: string;
}

export type PatchScimType = 'invalidFilter' | 'invalidPath' | 'invalidSyntax' | 'invalidValue' | 'mutability' | 'noTarget';

export type PathOf<Entry, Literal> = Entry extends [
    infer Path,
    infer Type
] ? [
    null
] extends [
    Literal
] ? Path : [
    Extract<Type, Literal>
] extends [
    never
] ? never : Path : never;

export interface PathOptions {
    readonly schemas?: readonly string[] | undefined;
}

export type PathText<R> = (string & {}) | NameIn<R>;

export type Permission = 'deprovisioning' | 'provisioning';

export interface PermissionVerdict {
    readonly permission: 'deprovisioning' | 'provisioning' | 'read_groups' | 'read_logs' | 'read_members' | 'read_platform_log' | 'read_users';
    readonly scope?: string;
    readonly verdict: 'partial' | Verdict;
}

export interface Person {
    readonly conflicts: readonly PersonConflict[];
    readonly directory?: DirectoryEntry | undefined;
    readonly email?: string | undefined;
    readonly invitations: readonly Invitation[];
    readonly invitationsIncomplete?: true | undefined;
    readonly kind: 'person' | 'service_account' | 'unknown';
    readonly lastActivity?: LastActivity | undefined;
    readonly lastActivityIncomplete?: true | undefined;
    readonly name?: string | undefined;
    readonly serviceAccounts?: readonly ListedServiceAccount[] | undefined;
    readonly source: 'both' | 'directory' | 'workspace';
    readonly status: 'active' | 'inactive' | 'invited' | 'provisioned' | 'unknown';
    readonly usage?: PersonUsage | undefined;
    readonly usageIncomplete?: true | undefined;
    readonly workspaces: readonly WorkspaceMembership[];
    readonly workspacesIncomplete?: true | undefined;
}

export type PersonConflict = ConflictText & ConflictFacts;

export interface PersonCost {
    readonly amounts: readonly CostAmount[];
    readonly rows: number;
    readonly rowsWithoutCost: number;
}

export type PersonKey = 'externalId' | 'userName';

export interface PersonUsage extends UsageDays {
    readonly cost?: PersonCost | undefined;
    readonly daily: readonly WorkspaceUsage[];
    readonly sources: readonly UsageSource[];
}

export interface Person_2 {
    readonly department: string;
    readonly email: string;
    readonly familyName: string;
    readonly givenName: string;
    readonly title: string;
    readonly userId: string;
}

export interface PgClient extends PgQueries {
    getTransactionStatus?(): 'E' | 'I' | 'T' | null;
}

export interface PgPool extends PgQueries {
    readonly totalCount: number;
}

export interface PgQueries {
    query(statement: {
        name?: string;
        rowMode: 'array';
        text: string;
        values?: PostgresValue[];
    }): Promise<{
        readonly rows: unknown[][];
    }>;
}

export interface PhoneNumber extends TypedValue<'fax' | 'home' | 'mobile' | 'other' | 'pager' | 'work'> {
    value?: null | string | undefined;
}

export interface Photo extends TypedValue<'photo' | 'thumbnail'> {
    value?: null | string | undefined;
}

export type PlanAction = ChangeAction | CreateAction | CreateGroupAction | MembersAction | RemovalAction;

export interface PlanActionBase {
    readonly id: string;
    readonly permission: readonly Permission[];
    readonly permitted: boolean;
    readonly why: string;
}

export type PlanActionKind = PlanAction['kind'];

export interface PlanBrake {
    readonly found: number;
    readonly groups?: readonly PlanTarget[] | undefined;
    readonly limit: number;
    readonly message: string;
    readonly name: BrakeName;
    readonly remedy: string;
}

export interface PlanConnection {
    readonly directory: string;
    readonly host: string;
}

export declare class PlanError extends SdkError<PlanErrorCode> {
    protected constructor();
    readonly brakes: readonly string[];
    readonly expiresAt?: string;
    readonly name = "PlanError";
}

export type PlanErrorCode = 'brake_holds' | 'journal_locked' | 'journal_unreadable' | 'lock_lost' | 'not_approved' | 'other_directory' | 'other_journal' | 'other_policy' | 'plan_changed' | 'plan_redacted' | 'plan_too_old' | 'plan_version';

export interface PlanJournal {
    acquire(request: {
        readonly expiresAt: number;
        readonly now: number;
        readonly owner: string;
    }): Promise<JournalLease>;
    append(entry: JournalEntry, lease: JournalLease): Promise<boolean>;
    read(): Promise<readonly JournalEntry[]>;
    release(lease: JournalLease): Promise<unknown>;
    renew(lease: JournalLease): Promise<boolean>;
}

export interface PlanLimits {
    readonly membersPerGroup?: number | undefined;
    readonly minDesiredShare?: number | undefined;
    readonly removalShare?: number | undefined;
    readonly removals?: number | undefined;
    readonly shareFrom?: number | undefined;
}

export interface PlanNote {
    readonly code: PlanNoteCode;
    readonly message: string;
}

export type PlanNoteCode = 'absent_left_alone' | 'attribute_not_shown' | 'cannot_be_undone' | 'direct_access' | 'group_may_exist' | 'in_no_group' | 'key_creator_not_found' | 'key_creator_unnamed' | 'list_incomplete' | 'meant_to_stay' | 'members_hidden' | 'members_unknown_to_directory' | 'owner_not_in_directory' | 'owners_unknown' | 'protected_id_not_found' | 'still_member';

export interface PlanOptions extends RequestOptions {
    readonly madeBy?: string | undefined;
    readonly people?: AsyncIterable<RosterPerson> | Iterable<RosterPerson> | undefined;
    readonly prefetch?: number | undefined;
}

export interface PlanPolicy {
    readonly hiddenMembers?: 'add' | 'hold' | undefined;
    readonly ignoreAttributes?: readonly string[] | undefined;
    readonly keepDays?: number | undefined;
    readonly key?: PersonKey | readonly PersonKey[] | undefined;
    readonly limits?: PlanLimits | undefined;
    readonly managed?: Filter | string | undefined;
    readonly membership?: 'additive' | 'exact' | undefined;
    readonly onBrake?: 'additions-only' | 'refuse' | undefined;
    readonly ownersUnknown?: 'allow' | 'hold' | undefined;
    readonly protect?: PlanProtection | undefined;
    readonly removal?: 'deactivate' | 'delete' | 'none' | undefined;
}

export interface PlanProtection {
    readonly filter?: Filter | string | undefined;
    readonly ids?: readonly string[] | undefined;
    readonly keyCreator?: string | undefined;
    readonly serviceAccounts?: true | undefined | {
        readonly except: readonly string[];
    };
}

export interface PlanResult {
    readonly brakes: readonly BrakeName[];
    readonly endedAt: string;
    readonly finished: boolean;
    readonly held: number;
    readonly outcomes: readonly ActionOutcome[];
    readonly plan: string;
    readonly possibleDoubleSends: readonly string[];
    readonly startedAt: string;
    readonly stopped?: StopReason | undefined;
    readonly totals: Readonly<Record<OutcomeName, number>>;
    readonly version: 1;
}

export interface PlanTarget {
    readonly id?: string | undefined;
    readonly key: string;
    readonly name?: string | undefined;
}

export interface PlanTotals {
    readonly actions: Readonly<Record<PlanActionKind, number>>;
    readonly activeManaged: number;
    readonly desiredGroups: number;
    readonly desiredUsers: number;
    readonly held: number;
    readonly liveGroups: number;
    readonly liveUsers: number;
    readonly mails: number;
    readonly removals: number;
    readonly unchangedUsers: number;
}

export interface PlannedFault {
    readonly fault: Fault;
    remove(): void;
    readonly used: number;
}

export interface PlannedMember {
    readonly id?: string | undefined;
    readonly key: string;
}

export type PlatformActor = PlatformApiKeyActor | PlatformOtherActor | PlatformSessionActor;

export interface PlatformApiKeyActor {
    readonly api_key?: undefined | {
        readonly [field: string]: unknown;
        readonly id?: string | undefined;
        readonly service_account?: undefined | {
            readonly id?: string | undefined;
        };
        readonly type?: 'service_account' | 'user' | OtherName | undefined;
        readonly user?: PlatformUser | undefined;
    };
    readonly type: 'api_key';
}

export interface PlatformBehaviour {
    readonly listOrder: 'by_arrival' | 'newest_first' | 'oldest_first' | 'seconds_by_id';
    readonly loggingOff: 'empty_list' | 401 | 403;
    readonly maxPageSize: number;
    readonly otherKeyStatus: 401 | 403;
}

export type PlatformDataResidency = 'ae' | 'au' | 'eu' | 'global' | 'in' | 'jp' | 'us';

export type PlatformEvent = KnownPlatformEvent | UnknownPlatformEvent;

export interface PlatformEventBase {
    readonly actor?: PlatformActor | null | undefined;
    readonly effective_at: number;
    readonly id: string;
    readonly project?: undefined | {
        readonly id?: string | undefined;
        readonly name?: string | undefined;
    };
}

export type PlatformEventName = (typeof platformEventNames)[number];

export type PlatformEventOf<One extends PlatformEventName | PlatformTenantEventName> = KnownPlatformEvent & {
    readonly type: One;
};

export declare class PlatformLog {
    append(events: Iterable<NewPlatformEvent>, options?: {
        readonly tenantScoped?: boolean | undefined;
    }): PlatformLogEvent[];
    disable(): void;
    enable(): void;
    get isEnabled(): boolean;
    list(): PlatformLogEvent[];
}

export interface PlatformLogClientOptions extends Omit<AuditLogClientOptions, 'apiKey' | 'baseUrl' | 'organizationId' | 'platform' | 'workspaceIds'> {
    readonly apiKey?: undefined;
    readonly baseUrl?: undefined;
    readonly organizationId?: undefined;
    readonly platform: PlatformLogOptions;
    readonly workspaceIds?: undefined;
}

export interface PlatformLogEvent {
    readonly [payload: string]: unknown;
    readonly actor?: Readonly<Record<string, unknown>> | null | undefined;
    readonly effective_at: number;
    readonly id: string;
    readonly project?: undefined | {
        readonly id?: string | undefined;
        readonly name?: string | undefined;
    };
    readonly type: string;
}

export interface PlatformLogOptions {
    readonly apiKey: Credential;
    readonly baseUrl?: string | undefined;
    readonly dataResidency?: PlatformDataResidency | undefined;
    readonly id: string;
    readonly includeTenant?: boolean | undefined;
}

export type PlatformLogType = 'PLATFORM_AUDIT_LOG' | 'PLATFORM_TENANT_LOG';

export type PlatformOnlyConfig = PlatformSettings & {
    readonly platformApiKey: string;
    readonly platformOrganizationId: string;
} & {
    readonly [Key in keyof ComplianceSettings | keyof ScimSettings]?: undefined;
};

export interface PlatformOptions {
    readonly logging?: boolean | undefined;
    readonly quirks?: Partial<PlatformBehaviour> | undefined;
    readonly requestsPerMinute?: number | undefined;
}

export interface PlatformOtherActor {
    readonly [field: string]: unknown;
    readonly type?: OtherName | undefined;
}

export interface PlatformPayloads {
    readonly 'api_key.created': {
        readonly data?: undefined | {
            readonly scopes?: readonly string[] | undefined;
        };
        readonly id?: string | undefined;
    };
    readonly 'api_key.deleted': {
        readonly id?: string | undefined;
    };
    readonly 'api_key.updated': {
        readonly changes_requested?: undefined | {
            readonly expires_in_seconds?: number | undefined;
            readonly scopes?: readonly string[] | undefined;
        };
        readonly data?: undefined | {
            readonly scopes?: readonly string[] | undefined;
        };
        readonly id?: string | undefined;
    };
    readonly 'certificate.created': {
        readonly id?: string | undefined;
        readonly name?: string | undefined;
    };
    readonly 'certificate.deleted': {
        readonly certificate?: string | undefined;
        readonly id?: string | undefined;
        readonly name?: string | undefined;
    };
    readonly 'certificate.updated': {
        readonly id?: string | undefined;
        readonly name?: string | undefined;
    };
    readonly 'certificates.activated': {
        readonly certificates?: readonly {
            readonly id?: string | undefined;
            readonly name?: string | undefined;
        }[] | undefined;
    };
    readonly 'certificates.deactivated': {
        readonly certificates?: readonly {
            readonly id?: string | undefined;
            readonly name?: string | undefined;
        }[] | undefined;
    };
    readonly 'checkpoint.permission.created': {
        readonly data?: undefined | {
            readonly fine_tuned_model_checkpoint?: string | undefined;
            readonly project_id?: string | undefined;
        };
        readonly id?: string | undefined;
    };
    readonly 'checkpoint.permission.deleted': {
        readonly id?: string | undefined;
    };
    readonly 'external_key.registered': {
        readonly data?: Readonly<Record<string, unknown>> | undefined;
        readonly id?: string | undefined;
    };
    readonly 'external_key.removed': {
        readonly id?: string | undefined;
    };
    readonly 'external_storage.registered': {
        readonly data?: undefined | {
            readonly geography?: string | undefined;
            readonly provider?: Readonly<Record<string, unknown>> | undefined;
        };
        readonly id?: string | undefined;
    };
    readonly 'external_storage.removed': {
        readonly id?: string | undefined;
    };
    readonly 'group.created': {
        readonly data?: undefined | {
            readonly group_name?: string | undefined;
        };
        readonly id?: string | undefined;
    };
    readonly 'group.deleted': {
        readonly id?: string | undefined;
    };
    readonly 'group.updated': {
        readonly changes_requested?: undefined | {
            readonly group_name?: string | undefined;
        };
        readonly id?: string | undefined;
    };
    readonly 'invite.accepted': {
        readonly id?: string | undefined;
    };
    readonly 'invite.deleted': {
        readonly id?: string | undefined;
    };
    readonly 'invite.sent': {
        readonly data?: undefined | {
            readonly email?: string | undefined;
            readonly role?: string | undefined;
        };
        readonly id?: string | undefined;
    };
    readonly 'ip_allowlist.config.activated': {
        readonly configs?: readonly {
            readonly id?: string | undefined;
            readonly name?: string | undefined;
        }[] | undefined;
    };
    readonly 'ip_allowlist.config.deactivated': {
        readonly configs?: readonly {
            readonly id?: string | undefined;
            readonly name?: string | undefined;
        }[] | undefined;
    };
    readonly 'ip_allowlist.created': {
        readonly allowed_ips?: readonly string[] | undefined;
        readonly id?: string | undefined;
        readonly name?: string | undefined;
    };
    readonly 'ip_allowlist.deleted': {
        readonly allowed_ips?: readonly string[] | undefined;
        readonly id?: string | undefined;
        readonly name?: string | undefined;
    };
    readonly 'ip_allowlist.updated': {
        readonly allowed_ips?: readonly string[] | undefined;
        readonly id?: string | undefined;
        readonly name?: string | undefined;
    };
    readonly 'login.failed': {
        readonly error_code?: string | undefined;
        readonly error_message?: string | undefined;
    };
    readonly 'login.succeeded': Readonly<Record<string, unknown>>;
    readonly 'logout.failed': {
        readonly error_code?: string | undefined;
        readonly error_message?: string | undefined;
    };
    readonly 'logout.succeeded': Readonly<Record<string, unknown>>;
    readonly 'organization.updated': {
        readonly changes_requested?: undefined | {
            readonly api_call_logging?: string | undefined;
            readonly api_call_logging_project_ids?: string | undefined;
            readonly description?: string | undefined;
            readonly name?: string | undefined;
            readonly threads_ui_visibility?: string | undefined;
            readonly title?: string | undefined;
            readonly usage_dashboard_visibility?: string | undefined;
        };
        readonly id?: string | undefined;
    };
    readonly 'project.archived': {
        readonly id?: string | undefined;
    };
    readonly 'project.created': {
        readonly data?: undefined | {
            readonly name?: string | undefined;
            readonly title?: string | undefined;
        };
        readonly id?: string | undefined;
    };
    readonly 'project.deleted': {
        readonly id?: string | undefined;
    };
    readonly 'project.updated': {
        readonly changes_requested?: undefined | {
            readonly title?: string | undefined;
        };
        readonly id?: string | undefined;
    };
    readonly 'rate_limit.deleted': {
        readonly id?: string | undefined;
    };
    readonly 'rate_limit.updated': {
        readonly changes_requested?: undefined | {
            readonly batch_1_day_max_input_tokens?: number | undefined;
            readonly max_audio_megabytes_per_1_minute?: number | undefined;
            readonly max_images_per_1_minute?: number | undefined;
            readonly max_requests_per_1_day?: number | undefined;
            readonly max_requests_per_1_minute?: number | undefined;
            readonly max_tokens_per_1_minute?: number | undefined;
        };
        readonly id?: string | undefined;
    };
    readonly 'role.assignment.created': {
        readonly id?: string | undefined;
        readonly principal_id?: string | undefined;
        readonly principal_type?: string | undefined;
        readonly resource_id?: string | undefined;
        readonly resource_type?: string | undefined;
    };
    readonly 'role.assignment.deleted': {
        readonly id?: string | undefined;
        readonly principal_id?: string | undefined;
        readonly principal_type?: string | undefined;
        readonly resource_id?: string | undefined;
        readonly resource_type?: string | undefined;
    };
    readonly 'role.bound_to_resource': {
        readonly connector_id?: string | undefined;
        readonly connector_name?: string | undefined;
        readonly enabled?: boolean | undefined;
        readonly id?: string | undefined;
        readonly permissions?: readonly string[] | undefined;
        readonly resource_id?: string | undefined;
        readonly resource_type?: string | undefined;
        readonly role_id?: string | undefined;
        readonly source?: string | undefined;
        readonly workspace_id?: string | undefined;
    };
    readonly 'role.created': {
        readonly id?: string | undefined;
        readonly permissions?: readonly string[] | undefined;
        readonly resource_id?: string | undefined;
        readonly resource_type?: string | undefined;
        readonly role_name?: string | undefined;
    };
    readonly 'role.deleted': {
        readonly id?: string | undefined;
    };
    readonly 'role.unbound_from_resource': {
        readonly connector_id?: string | undefined;
        readonly connector_name?: string | undefined;
        readonly enabled?: boolean | undefined;
        readonly id?: string | undefined;
        readonly permissions?: readonly string[] | undefined;
        readonly resource_id?: string | undefined;
        readonly resource_type?: string | undefined;
        readonly role_id?: string | undefined;
        readonly source?: string | undefined;
        readonly workspace_id?: string | undefined;
    };
    readonly 'role.updated': {
        readonly changes_requested?: undefined | {
            readonly description?: string | undefined;
            readonly metadata?: Readonly<Record<string, unknown>> | undefined;
            readonly permissions_added?: readonly string[] | undefined;
            readonly permissions_removed?: readonly string[] | undefined;
            readonly resource_id?: string | undefined;
            readonly resource_type?: string | undefined;
            readonly role_name?: string | undefined;
        };
        readonly id?: string | undefined;
    };
    readonly 'scim.disabled': {
        readonly id?: string | undefined;
    };
    readonly 'scim.enabled': {
        readonly id?: string | undefined;
    };
    readonly 'service_account.created': {
        readonly data?: undefined | {
            readonly role?: string | undefined;
        };
        readonly id?: string | undefined;
    };
    readonly 'service_account.deleted': {
        readonly id?: string | undefined;
    };
    readonly 'service_account.updated': {
        readonly changes_requested?: undefined | {
            readonly role?: string | undefined;
        };
        readonly id?: string | undefined;
    };
    readonly 'user.added': {
        readonly data?: undefined | {
            readonly role?: string | undefined;
        };
        readonly id?: string | undefined;
    };
    readonly 'user.deleted': {
        readonly id?: string | undefined;
    };
    readonly 'user.updated': {
        readonly changes_requested?: undefined | {
            readonly role?: string | undefined;
        };
        readonly id?: string | undefined;
    };
    readonly 'workload_identity_provider.created': {
        readonly data?: Readonly<Record<string, unknown>> | undefined;
        readonly id?: string | undefined;
    };
    readonly 'workload_identity_provider.deleted': {
        readonly id?: string | undefined;
    };
    readonly 'workload_identity_provider.updated': {
        readonly changes_requested?: Readonly<Record<string, unknown>> | undefined;
        readonly id?: string | undefined;
    };
    readonly 'workload_identity_provider_mapping.created': {
        readonly data?: Readonly<Record<string, unknown>> | undefined;
        readonly id?: string | undefined;
        readonly identity_provider_id?: string | undefined;
        readonly project_id?: string | undefined;
        readonly service_account_id?: string | undefined;
    };
    readonly 'workload_identity_provider_mapping.deleted': {
        readonly id?: string | undefined;
        readonly identity_provider_id?: string | undefined;
        readonly project_id?: string | undefined;
        readonly service_account_id?: string | undefined;
    };
    readonly 'workload_identity_provider_mapping.updated': {
        readonly changes_requested?: Readonly<Record<string, unknown>> | undefined;
        readonly id?: string | undefined;
        readonly identity_provider_id?: string | undefined;
        readonly project_id?: string | undefined;
        readonly service_account_id?: string | undefined;
    };
}

export interface PlatformPrincipal {
    readonly platform: PlatformLogOptions;
}

export interface PlatformRecord {
    readonly actor?: unknown;
    readonly effective_at: number;
    readonly id: string;
    readonly project?: unknown;
    readonly type: string;
}

export type PlatformRoute = 'GET /organization/audit_logs';

export interface PlatformSessionActor {
    readonly session?: undefined | {
        readonly [field: string]: unknown;
        readonly ip_address?: string | undefined;
        readonly ip_address_details?: Readonly<Record<string, unknown>> | undefined;
        readonly ja3?: string | undefined;
        readonly ja4?: string | undefined;
        readonly user?: PlatformUser | undefined;
        readonly user_agent?: string | undefined;
    };
    readonly type: 'session';
}

export interface PlatformSettings {
    readonly platformApiKey?: string | undefined;
    readonly platformBaseUrl?: string | undefined;
    readonly platformIncludeTenant?: boolean | undefined;
    readonly platformOrganizationId?: string | undefined;
}

export type PlatformTenantEventName = (typeof platformTenantEventNames)[number];

export interface PlatformUser {
    readonly email?: string | undefined;
    readonly id?: string | undefined;
}

export type PostgresClient = PgClient | PgPool | PostgresSql;

export interface PostgresSinkOptions {
    readonly schemaName?: string | undefined;
    readonly tablePrefix?: string | undefined;
}

export interface PostgresSql {
    reserve(): Promise<unknown>;
    unsafe(query: string, values?: (null | number | string)[], options?: {
        prepare: boolean;
    }): {
        values(): PromiseLike<ArrayLike<unknown>>;
    };
}

export type PostgresValue = Uint8Array | null | number | string;

export interface Presence {
    readonly op: 'pr';
    readonly path: string;
}

export type PrincipalIds = Pick<AuditLogClientOptions, 'organizationId' | 'platform' | 'workspaceIds'>;

export interface PrincipalRetentionRange extends RetentionRange {
    readonly principal: {
        readonly id: string;
        readonly type: 'organization' | 'platform' | 'workspace';
    };
}

export interface Projection<T = never> {
    readonly attributes?: readonly PathText<T>[] | undefined;
    readonly excludedAttributes?: readonly PathText<T>[] | undefined;
}

export interface ProviderProfile {
    readonly bulk: boolean;
    readonly conditionalWrites: boolean;
    readonly contentType: 'application/json' | 'application/scim+json';
    readonly maxBodyBytes: number;
    readonly memberChangesPerRequest: number;
    readonly name: string;
    readonly pageSize: number;
    readonly refuses: {
        readonly nullValues: boolean;
        readonly userWithoutEmail: boolean;
    };
    readonly search: boolean;
}

export interface PublicHostsOptions {
    readonly lookup?: ((hostname: string) => Promise<readonly string[]>) | undefined;
}

export type QueryArguments<Query extends WorkspaceQuery, Several extends boolean> = Several extends true ? [
    query: Query & {
        readonly workspaceId: string;
    },
    options?: RequestOptions
] : [
    query?: Query,
    options?: RequestOptions
];

export interface RateLimit {
    readonly intervalMs: number;
    readonly maxQueued?: number | undefined;
    readonly requests: number;
}

export interface RateLimits {
    readonly downloadsPerMinute?: number | undefined;
    readonly requestsPerMinute?: number | undefined;
}

export type ReadMethod = 'count' | 'find' | 'get' | 'getIfNoneMatch' | 'iterate' | 'list' | 'search';

export type ReadableEventType<Options, Type extends string> = Type extends PlatformLogType ? 'platform' extends GivenIds<Options> ? Type : RefusedEventType<`${Type} needs platform in the client's options`> : Type extends OrganizationOnlyEventType ? 'organizationId' extends GivenIds<Options> ? Type : RefusedEventType<`${Type} needs organizationId in the client's options`> : Type extends WorkspaceOnlyEventType ? 'workspaceIds' extends GivenIds<Options> ? Type : RefusedEventType<`${Type} needs workspaceIds in the client's options`> : Type;

export interface ReceivedPatchOperation extends Omit<PatchOperation, 'op'> {
    [attribute: string]: unknown;
    op: 'add' | 'remove' | 'replace' | (string & {});
}

export declare class RecordedRequest {
    protected constructor();
    get body(): unknown;
    get bodyText(): string;
    faults: readonly string[];
    get headers(): Record<string, string>;
    readonly method: string;
    readonly number: number;
    get query(): Record<string, string>;
    readonly receivedAt: number;
    readonly route: EmulatorRoute | undefined;
    readonly service: EmulatorService | undefined;
    status: number | undefined;
    readonly url: string;
}

export type RedactedConnectionConfig = {
    readonly [Field in FormFieldName]?: Readonly<Record<string, string>> | boolean | readonly string[] | string;
};

export type RefusedEventType<Because extends string> = string & {
    readonly '~because': Because;
};

export interface Remedy {
    readonly alive?: Pick<Remedy, 'message' | 'remedy'>;
    readonly field?: 'baseUrl' | 'complianceApiKey' | 'complianceApiKeys' | 'organizationId' | 'platformApiKey' | 'provisioning' | 'scimBaseUrl' | 'scimToken' | 'workspaceIds';
    readonly link?: string;
    readonly message: string;
    readonly of?: {
        readonly [Kind in KeyKind]?: Partial<Pick<Remedy, 'message' | 'remedy'>>;
    };
    readonly remedy: string;
    readonly several?: string;
    readonly severity?: 'info' | 'warning';
    readonly shared?: string;
    readonly unnamed?: string;
}

export interface RemovalAction extends PlanActionBase {
    readonly baseline: string;
    readonly kind: 'deactivate' | 'delete';
    readonly target: PlanTarget & {
        readonly id: string;
    };
}

export type RequestDelivery = 'not_sent' | 'unknown';

export interface RequestEvent extends EventFacts {
    readonly type: 'request';
}

export declare class RequestLog implements Iterable<RecordedRequest> {
    protected constructor();
    [Symbol.iterator](): Iterator<RecordedRequest>;
    clear(): void;
    count(route?: EmulatorRoute): number;
    get last(): RecordedRequest | undefined;
    list(route?: EmulatorRoute): RecordedRequest[];
    get total(): number;
}

export type RequestMetadata = {
    [key: string]: unknown;
    client_ip?: null | string | undefined;
    client_ip_details?: null | undefined | {
        [key: string]: unknown;
        asn?: null | number | string | undefined;
        city?: null | string | undefined;
        country?: null | string | undefined;
        latitude?: null | number | string | undefined;
        longitude?: null | number | string | undefined;
        region?: null | string | undefined;
        region_code?: null | string | undefined;
    };
    client_ja3?: null | string | undefined;
    client_ja4?: null | string | undefined;
    client_user_agent?: null | string | undefined;
    destination_hostname?: null | string | undefined;
};

export interface RequestOptions {
    readonly deadlineMs?: number | undefined;
    readonly headers?: Readonly<Record<string, string>> | undefined;
    readonly maxRetries?: number | undefined;
    readonly signal?: AbortSignal | undefined;
    readonly timeoutMs?: number | undefined;
}

export type RequiredPart = 'either' | ConnectionPart;

export interface ResolvedPolicy {
    readonly hiddenMembers: 'add' | 'hold';
    readonly ignoreAttributes: readonly string[];
    readonly keepDays: number;
    readonly key: readonly PersonKey[];
    readonly limits: Readonly<Record<keyof PlanLimits, number>>;
    readonly managed: null | string;
    readonly membership: 'additive' | 'exact';
    readonly onBrake: 'additions-only' | 'refuse';
    readonly ownersUnknown: 'allow' | 'hold';
    readonly protect: {
        readonly filter: null | string;
        readonly ids: readonly string[];
        readonly keyCreator: null | string;
        readonly unprotectedServiceAccounts: readonly string[];
    };
    readonly removal: 'deactivate' | 'delete' | 'none';
}

export interface Resource extends ScimDocument {
    externalId?: null | string | undefined;
    id: string;
}

export interface ResourceDefinition<Shape = unknown, Extensions extends ExtensionShapes = ExtensionShapes> {
    readonly endpoint: string;
    readonly extensions?: Extensions | undefined;
    readonly naturalKeys?: readonly string[] | undefined;
    readonly schema: ResourceSchema;
    readonly shape?: Schema<Shape> | undefined;
}

export type ResourceInput<T> = {
    readonly [K in keyof T as string extends K ? never : number extends K ? never : K extends 'schemas' | SetByServer<T> ? never : K]: Closed<T[K]>;
} & {
    readonly schemas?: null | readonly string[] | string | undefined;
} & (IsOpen<T> extends true ? {
    readonly [attribute: string]: unknown;
} : {
    readonly [extension: `urn:${string}`]: unknown;
});

export interface ResourceList<T> extends List<T> {
    pages(): AsyncIterable<ResourcePage<T>>;
}

export declare class ResourceOperations<in out T extends Resource> {
    protected constructor();
    count(query?: Pick<ListQuery<T>, 'filter'>, options?: RequestOptions): Promise<number>;
    create(resource: ResourceInput<T>, options?: CreateOptions<T>): Promise<T>;
    delete(id: string, options?: WriteOptions<T>): Promise<DeleteResult>;
    find(match: Filter<T> | string, options?: FindOptions): Promise<T | undefined>;
    find(match: Criteria<T>, options?: FindOptions): Promise<T | undefined>;
    find(match: Criteria<T> | Filter<T> | string, options?: FindOptions): Promise<T | undefined>;
    get(id: string, options?: GetOptions<T>): Promise<T>;
    getIfNoneMatch(id: string, etag: string, options?: GetOptions<T>): Promise<T | undefined>;
    iterate(query?: IterateQuery<T>, options?: RequestOptions): ResourceList<T>;
    list(query?: ListQuery<T>, options?: RequestOptions): Promise<ResourcePage<T>>;
    patch(id: string, operations: readonly PatchOperation<T>[], options?: WriteOptions<T>): Promise<T | undefined>;
    replace(id: string, resource: ResourceInput<T>, options?: WriteOptions<T>): Promise<T | undefined>;
    search(query?: ListQuery<T>, options?: RequestOptions): Promise<ResourcePage<T>>;
    upsert(resource: ResourceInput<T>, options?: UpsertOptions): Promise<UpsertResult<T>>;
}

export interface ResourcePage<T> {
    readonly invalidRows?: readonly unknown[] | undefined;
    readonly items: readonly T[];
    readonly itemsPerPage?: number | undefined;
    readonly nextCursor?: string | undefined;
    readonly requestId?: string | undefined;
    readonly startIndex?: number | undefined;
    readonly totalResults?: number | undefined;
}

export interface ResourceQuery<T = never> extends Projection<T> {
    readonly filter?: Filter<T> | string | undefined;
    readonly sortBy?: PathText<T> | undefined;
    readonly sortOrder?: 'ascending' | 'descending' | undefined;
}

export interface ResourceSchema extends SchemaAttributes {
    readonly extensions?: readonly SchemaAttributes[] | undefined;
}

export interface ResourceType extends ScimDocument {
    description?: null | string | undefined;
    endpoint: string;
    id?: null | string | undefined;
    name: string;
    schema: string;
    schemaExtensions?: null | undefined | {
        [attribute: string]: unknown;
        required?: boolean | null | undefined;
        schema: string;
    }[];
}

export type Resources<P extends KnownAccess, T extends Resource> = Pick<ResourceOperations<T>, Granted<P, 'create' | 'patch' | 'replace' | 'upsert', 'delete'> | ReadMethod>;

export declare class ResponseError extends SdkError<ResponseErrorCode> {
    protected constructor();
    readonly attempts: number;
    body(): string | undefined;
    readonly method: string;
    readonly name: 'ResponseError' | 'ScimError';
    readonly requestId?: string;
    readonly retryAfterMs?: number;
    readonly retryable: boolean;
    readonly route: string;
    readonly serverCode?: string;
    serverMessage(): string | undefined;
    readonly status: number;
}

export type ResponseErrorCode = 'bad_request' | 'conflict' | 'forbidden' | 'gone' | 'method_not_allowed' | 'not_found' | 'not_implemented' | 'payload_too_large' | 'precondition_failed' | 'precondition_required' | 'rate_limited' | 'server_error' | 'unauthorized' | 'unexpected_redirect' | 'unexpected_status' | 'uniqueness' | 'unprocessable';

export interface ResponseEvent extends EventFacts {
    readonly bytes?: number;
    readonly durationMs: number;
    readonly errorCode?: string;
    readonly requestId?: string;
    readonly status?: number;
    readonly type: 'response';
}

export interface ResponseIssue {
    readonly message: string;
    readonly path: readonly (number | string)[];
}

export declare class ResponseValidationError extends SdkError<'invalid_response'> {
    protected constructor();
    readonly innerStatus?: number;
    readonly issues: readonly ResponseIssue[];
    readonly method: string;
    readonly name = "ResponseValidationError";
    readonly retryable: boolean;
    readonly route: string;
    readonly status: number;
}

export interface RetentionRange {
    readonly eventType: string;
    readonly from: string;
    readonly to: string;
}

export interface RetryEvent extends EventFacts {
    readonly errorCode: string;
    readonly type: 'retry';
    readonly waitMs: number;
}

export interface RevertOptions extends RequestOptions {
    readonly madeBy?: string | undefined;
    readonly people?: AsyncIterable<RosterPerson> | Iterable<RosterPerson> | undefined;
}

export interface RosterPerson {
    readonly conflicts?: readonly {
        readonly code: string;
        readonly directoryIds?: readonly string[] | undefined;
    }[] | undefined;
    readonly directory?: undefined | {
        readonly id: string;
    };
    readonly email?: string | undefined;
    readonly kind?: string | undefined;
    readonly workspaces: readonly {
        readonly role?: string | undefined;
        readonly userId: string;
        readonly workspaceId: string;
    }[];
    readonly workspacesIncomplete?: true | undefined;
}

export interface RosterProgress {
    readonly directoryUsers: number;
    readonly events: number;
    readonly groups: number;
    readonly invitations: number;
    readonly people: number;
    readonly serviceAccounts: number;
    readonly unreadFiles: number;
    readonly unreadInvitations: number;
    readonly unreadServiceAccounts: number;
    readonly unreadWorkspaces: number;
    readonly usageRows: number;
    readonly workspaceUsers: number;
}

export interface RosterQuery {
    readonly groups?: boolean | undefined;
    readonly lastActivity?: undefined | {
        readonly after?: Date | string | undefined;
        readonly eventTypes?: 'all' | readonly WorkspaceEventType[] | undefined;
    };
    readonly onFailedPrincipal?: 'throw' | ((failed: FailedPrincipal) => unknown) | undefined;
    readonly onProgress?: ((progress: RosterProgress) => unknown) | undefined;
    readonly usage?: RosterUsageQuery | undefined;
}

export interface RosterUsageQuery {
    readonly days?: number | undefined;
    readonly onTotals?: ((totals: RosterUsageTotals) => unknown) | undefined;
    readonly sources?: readonly UsageSource[] | undefined;
}

export interface RosterUsageTotals extends UsageDays {
    readonly cost?: undefined | {
        readonly leftOutRows: number;
        readonly status: UsageStatus;
        readonly total?: PersonCost | undefined;
        readonly unattributed?: PersonCost | undefined;
    };
    readonly daily: readonly {
        readonly leftOutRows: number;
        readonly status: UsageStatus;
        readonly total?: DailyUsageSum | undefined;
        readonly unattributed?: DailyUsageSum | undefined;
        readonly workspaceId: string;
    }[];
}

export type RouteArguments<Route extends string, Several extends boolean> = Several extends true ? [
    query: RouteQuery<Route> & {
        readonly workspaceId: string;
    },
    options?: RequestOptions
] : object extends RouteQuery<Route> ? [
    query?: RouteQuery<Route>,
    options?: RequestOptions
] : [
    query: RouteQuery<Route>,
    options?: RequestOptions
];

export type RouteParameter<Route extends string> = Route extends `${string}{${infer Name}}${infer Rest}` ? Exclude<Name, 'organization_id' | 'workspace_id'> | RouteParameter<Rest> : never;

export type RouteParameters<Route extends string> = [
    RouteParameter<Route>
] extends [
    never
] ? unknown : {
    readonly params: Readonly<Record<RouteParameter<Route>, string>>;
};

export type RouteQuery<Route extends string> = AdminRouteQuery & RouteParameters<Route>;

export interface RouteValues {
    readonly params?: Readonly<Record<string, string>> | undefined;
    readonly query?: Readonly<Record<string, boolean | number | readonly (boolean | number | string)[] | string | undefined>> | undefined;
}

export type SafeParseConnectionConfigResult<Config = ConnectionConfig> = {
    readonly warnings: readonly ConfigWarning[];
} & ({
    readonly config: Config;
    readonly success: true;
} | {
    readonly error: ConfigError;
    readonly issues: readonly ConfigIssue[];
    readonly success: false;
});

export type Scalar = boolean | number | string;

export interface Schema<Output, Input = Output> {
    readonly '~standard': {
        readonly types?: undefined | {
            readonly input: Input;
            readonly output: Output;
        };
        readonly validate: (value: unknown, options?: {
            readonly libraryOptions?: Record<string, unknown> | undefined;
        }) => Promise<SchemaResult<Output>> | SchemaResult<Output>;
        readonly vendor: string;
        readonly version: 1;
    };
}

export interface SchemaAttributes {
    readonly attributes: Attributes;
    readonly id: string;
}

export interface SchemaDefinition extends ScimDocument {
    attributes?: AttributeDefinition[] | null | undefined;
    description?: null | string | undefined;
    id: string;
    name?: null | string | undefined;
}

export interface SchemaIssue {
    readonly message: string;
    readonly path?: readonly (PropertyKey | {
        readonly key: PropertyKey;
    })[] | undefined;
}

export type SchemaResult<Output> = {
    readonly issues: readonly SchemaIssue[];
} | {
    readonly issues?: undefined;
    readonly value: Output;
};

export interface ScimBehaviour {
    readonly booleansAsStrings: boolean;
    readonly bulk: boolean;
    readonly bulkMaxOperations: number;
    readonly caseSensitiveUserName: boolean;
    readonly contentType: string;
    readonly countAboveMaximum: 'cap' | 'refuse';
    readonly createdBody: boolean;
    readonly cursorTimeout: number;
    readonly cursorType: 'number' | 'text';
    readonly cursors: 'always' | 'off' | 'on_request';
    readonly defaultPageSize: number;
    readonly deleteDeactivates: boolean;
    readonly discovery: boolean;
    readonly errorShape: 'scim' | 'scim_1' | 'text' | 'wrapped';
    readonly errorStatus: 'number' | 'string';
    readonly etag: boolean;
    readonly filterAttributes: readonly string[] | undefined;
    readonly filterEscapes: 'literal' | 'read' | 'refused';
    readonly filterOperators: readonly string[] | undefined;
    readonly idType: 'number' | 'text';
    readonly locationHeader: 'raw' | boolean;
    readonly maxBodyBytes: number;
    readonly maxMembersPerPatch: number;
    readonly maxMembersShown: number;
    readonly maxPageSize: number;
    readonly maxRootResults: number;
    readonly maxValues: number;
    readonly members: 'empty' | 'hidden' | 'only_in_reads' | 'shown';
    readonly notFoundForNoMatch: boolean;
    readonly omitsEmptyResources: boolean;
    readonly omitsStartIndex: boolean;
    readonly onlyScimContentType: boolean;
    readonly overlappingPages: boolean;
    readonly pastTheEnd: 'empty' | 'first_page' | 'not_found';
    readonly patch: boolean;
    readonly patchAddReplaces: boolean;
    readonly patchAnswer: 'no_content' | 'resource' | 'stale_resource';
    readonly patchDialect: 'rfc' | 'tolerant';
    readonly projection: boolean;
    readonly putOmitted: 'cleared' | 'kept' | 'kept_and_empty_too';
    readonly repeatedMembers: 'appended' | 'merged';
    readonly requiresIfMatch: boolean;
    readonly requiresUserAgent: boolean;
    readonly resourcesKey: 'Resources' | 'resources';
    readonly search: boolean;
    readonly softDelete: boolean;
    readonly sort: boolean;
    readonly staleReadMs: number;
    readonly startIndex: 'from_one' | 'from_zero' | 'ignored' | 'whole_pages';
    readonly totalResults: 'matches' | 'page_size';
    readonly uniquenessStatus: 400 | 409;
    readonly unknownAttributes: 'keep' | 'refuse';
    readonly unknownMembers: 'drop' | 'keep' | 'refuse';
    readonly unsupportedFilter: 'ignored' | 'invalid_filter' | 'no_match' | 'not_implemented';
    readonly workosRules: boolean;
}

export interface ScimClient<P extends KnownAccess = 'read-only'> extends ScimClientBase<P> {
}
export declare const ScimClient: ScimClientConstructor;

export declare class ScimClientBase<P extends KnownAccess> {
    protected constructor();
    readonly access: GrantedAccess;
    readonly groups: Groups<P>;
    me(options?: RequestOptions): Promise<User>;
    resource<Shape = unknown, const Extensions extends ExtensionShapes = ExtensionShapes>(definition: ResourceDefinition<Shape, Extensions>): Resources<P, Extended<Resource & Shape, Extensions>>;
    resourceTypes(options?: RequestOptions): Promise<readonly ResourceType[]>;
    schemas(options?: RequestOptions): Promise<readonly SchemaDefinition[]>;
    serviceProviderConfig(options?: RequestOptions): Promise<ServiceProviderConfig>;
    readonly users: Users<P>;
}

export interface ScimClientConstructor {
    new <const A extends Access = Access>(options: ScimClientOptions<A>): ScimClient<GrantedBy<A>>;
    readonly prototype: ScimClient;
}

export interface ScimClientOptions<A extends Access = Access> extends ClientOptions {
    readonly access?: (Access & {
        readonly [Box in keyof A & Permission]?: A[Box];
    }) | undefined;
    readonly baseUrl: string;
    readonly customAttributes?: readonly string[] | undefined;
    readonly profile?: 'rfc' | 'workos' | ProviderProfile | undefined;
    readonly token: Credential;
}

export interface ScimDocument {
    [attribute: string]: unknown;
    meta?: Meta | null | undefined;
    schemas?: null | string | string[] | undefined;
}

export declare class ScimError extends ResponseError {
    protected constructor();
    detail(): string | undefined;
    readonly name = "ScimError";
    readonly scimType?: ScimType;
}

export type ScimOf<Config> = Half<Config, WithScim<Config>, ScimClient<GrantedBy<WithScim<Config>>>>;

export type ScimOnlyConfig = ScimSettings & {
    readonly [Key in keyof ComplianceSettings]?: undefined;
} & PlatformSettings;

export interface ScimOptions {
    readonly me?: string | undefined;
    readonly mode?: 'rfc' | 'workos' | undefined;
    readonly oauth?: OAuthOptions | undefined;
    readonly quirks?: Partial<ScimBehaviour> | undefined;
    readonly sync?: 'tenant' | 'workspace' | undefined;
}

export type ScimRoute = (typeof scimRoutes)[number];

export type ScimSettings = (ConnectionAccess<false, false> | ConnectionAccess<false, true> | ConnectionAccess<true, false> | ConnectionAccess<true, true>) & {
    readonly scimBaseUrl: string;
    readonly scimToken: string;
};

export declare class ScimSyntaxError extends SdkError<ScimSyntaxErrorCode> {
    protected constructor();
    readonly name = "ScimSyntaxError";
    readonly position?: number;
    readonly scimType: 'invalidFilter' | 'invalidPath';
}

export type ScimSyntaxErrorCode = 'invalid_filter' | 'invalid_path';

export type ScimType = 'expiredCursor' | 'invalidCount' | 'invalidCursor' | 'invalidFilter' | 'invalidPath' | 'invalidSyntax' | 'invalidValue' | 'invalidVers' | 'mutability' | 'noTarget' | 'sensitive' | 'tooMany' | 'uniqueness' | (string & {});

export declare abstract class SdkError<Code extends SdkErrorCode = SdkErrorCode> extends Error {
    protected constructor(code: Code, message: string, options?: SdkErrorOptions);
    readonly code: Code;
    readonly remedy?: string;
    toJSON(): Record<string, unknown>;
}

export interface SdkErrorClasses {
    AccessDeniedError: AccessDeniedError;
    CheckpointError: CheckpointError;
    ConfigError: ConfigError;
    ConnectionError: ConnectionError;
    EmulatorError: EmulatorError;
    ExportError: ExportError;
    IncompleteListError: IncompleteListError;
    InputError: InputError;
    NaturalKeyConflictError: NaturalKeyConflictError;
    PatchError: PatchError;
    PlanError: PlanError;
    ResponseError: ResponseError;
    ResponseValidationError: ResponseValidationError;
    ScimError: ScimError;
    ScimSyntaxError: ScimSyntaxError;
    WriteNotConfirmedError: WriteNotConfirmedError;
}
export interface SdkErrorClasses {
    AuditLogFileError: AuditLogFileError;
}

export type SdkErrorCode = 'access_denied' | 'invalid_config' | 'invalid_input' | 'invalid_patch' | 'invalid_response' | AuditLogFileErrorCode | CheckpointErrorCode | ConnectionErrorCode | EmulatorErrorCode | ExportErrorCode | IncompleteListErrorCode | PlanErrorCode | ResponseErrorCode | ScimSyntaxErrorCode | WriteNotConfirmedErrorCode;

export interface SdkErrorOptions {
    readonly cause?: unknown;
    readonly remedy?: string | undefined;
}

export interface SecurityEventsSupport {
    [attribute: string]: unknown;
    asyncRequest?: 'long' | 'none' | 'request' | (string & {}) | null | undefined;
    eventUris?: null | string[] | undefined;
}

export interface SeedEventsOptions {
    readonly count: number;
    readonly duplicateShare?: number | undefined;
    readonly eventType: KnownEventType;
    readonly from?: string | undefined;
    readonly lateShare?: number | undefined;
    readonly owner?: EventOwner | undefined;
    readonly people?: readonly Person_2[] | undefined;
    readonly seed?: number | undefined;
    readonly to?: string | undefined;
}

export interface SeedLogFilesOptions {
    readonly eventType?: KnownEventType | undefined;
    readonly fileBytes?: number | undefined;
    readonly owner: EventOwner;
    readonly to?: string | undefined;
    readonly totalBytes: number;
}

export type Sensitive = 'content' | 'emails';

export interface ServiceAccount {
    readonly [field: string]: unknown;
    readonly enabled?: boolean | undefined;
    readonly id?: string | undefined;
    readonly workspace_id?: string | undefined;
}

export interface ServiceAccountCredential {
    readonly [field: string]: unknown;
    readonly expires_at?: null | number | undefined;
    readonly id?: string | undefined;
    readonly scopes?: readonly string[] | undefined;
    readonly service_account_id?: string | undefined;
    readonly workspace_id?: string | undefined;
}

export interface ServiceProviderConfig extends ScimDocument {
    authenticationSchemes?: AuthenticationScheme[] | null | undefined;
    bulk?: BulkSupport | null | undefined;
    changePassword?: SupportedFeature | null | undefined;
    documentationUri?: null | string | undefined;
    etag?: SupportedFeature | null | undefined;
    filter?: FilterSupport | null | undefined;
    pagination?: PaginationSupport | null | undefined;
    patch?: SupportedFeature | null | undefined;
    securityEvents?: SecurityEventsSupport | null | undefined;
    sort?: SupportedFeature | null | undefined;
}

export type SetByServer<T> = 'id' | 'meta' | (T extends User ? 'groups' : never);

export interface SinkLease {
    checkpoint(): Promise<unknown>;
    readonly fence: number;
    readonly key: string;
    release(): Promise<void>;
    renew(): Promise<void>;
    write(rows: readonly EventRow[], checkpoint: AuditLogCheckpoint): Promise<{
        readonly added: number;
    }>;
}

export interface SourcedUsageLimit {
    readonly [field: string]: unknown;
    readonly limit?: UsageLimit | null | undefined;
    readonly source?: UsageLimitSource | null | undefined;
}

export type SpreadsheetDetails = {
    PROMPT_RESPONSE_RECEIVED: {
        [key: string]: unknown;
        environment_id?: null | string | undefined;
        model?: null | string | undefined;
        response_text?: null | string | undefined;
        session_id?: string | undefined;
        status?: null | string | undefined;
        token_usage?: TokenUsage | null | undefined;
    };
    PROMPT_SENT: {
        [key: string]: unknown;
        environment_id?: null | string | undefined;
        model?: null | string | undefined;
        prompt_text?: null | string | undefined;
        session_id?: string | undefined;
    };
};

export type SpreadsheetEvent = ByEventType<SpreadsheetEventBase, SpreadsheetDetails>;

export type SpreadsheetEventBase = {
    [key: string]: unknown;
    actor?: EventActor | undefined;
    client_id?: 'excel_addin' | 'sheets_addin' | OtherName | null | undefined;
    event_details?: undefined | {
        [key: string]: unknown;
        detail_type?: null | string | undefined;
    };
    event_id: string;
    event_type?: string | undefined;
    principal?: EventPrincipal | undefined;
    timestamp: string;
    type: 'CHATGPT_PLUGIN_SPREADSHEET';
    workspace_id?: null | string | undefined;
};

export type SpreadsheetEventType = 'PROMPT_RESPONSE_RECEIVED' | 'PROMPT_SENT';

export interface SqliteDatabase {
    exec(sql: string): unknown;
    prepare(sql: string): SqliteStatement;
}

export interface SqliteSinkOptions {
    readonly clock?: Clock | undefined;
    readonly tablePrefix?: string | undefined;
}

export interface SqliteStatement {
    all(...values: SqliteValue[]): unknown[];
    run(...values: SqliteValue[]): {
        readonly changes: bigint | number;
    };
}

export type SqliteValue = null | number | string;

export interface StatusOptions {
    readonly afterCommit?: boolean | undefined;
    readonly body?: unknown;
    readonly headers?: Readonly<Record<string, string>> | undefined;
    readonly retryAfter?: number | undefined;
    readonly retryAfterDateMs?: number | undefined;
    readonly sentAs?: number | undefined;
}

export interface StayingAccount {
    readonly reason: Extract<HeldReason, 'protected' | 'service_account'>;
    readonly target: PlanTarget;
}

export interface StopReason {
    readonly code: string;
    readonly message: string;
    readonly remedy: string;
}

export type StorageRoute = 'GET /storage/{file}';

export declare class StoredResources<R, New extends Readonly<Record<string, unknown>>> {
    add(resource: New): string;
    create(resource: New): R;
    delete(id: string): void;
    get(id: string): R | undefined;
    getByName(name: string): R | undefined;
    list(): R[];
    get size(): number;
    update(id: string, changes: Readonly<Record<string, unknown>>): R;
}

export interface SubAttributeDefinition {
    [attribute: string]: unknown;
    canonicalValues?: null | string[] | undefined;
    caseExact?: boolean | null | undefined;
    description?: null | string | undefined;
    multiValued?: boolean | null | undefined;
    mutability?: 'immutable' | 'readOnly' | 'readWrite' | 'writeOnly' | (string & {}) | null | undefined;
    name: string;
    referenceTypes?: null | string[] | undefined;
    required?: boolean | null | undefined;
    returned?: 'always' | 'default' | 'never' | 'request' | (string & {}) | null | undefined;
    type?: (string & {}) | DataType | null | undefined;
    uniqueness?: 'global' | 'none' | 'server' | (string & {}) | null | undefined;
}

export type Subject = 'group' | 'user' | 'workspace';

export interface SupportedFeature {
    [attribute: string]: unknown;
    supported?: boolean | null | undefined;
}

export type SystemActor = {
    [key: string]: unknown;
    id?: null | string | undefined;
    type: 'SYSTEM';
};

export interface TestClockOptions {
    readonly skipsWaits?: boolean | undefined;
    readonly start?: Date | number | string | undefined;
}

export type TextPath<R> = OpenPath<R> | PathOf<Entries<R>, string>;

export type Throttle = <T>(run: () => Promise<T>, signal: AbortSignal | undefined, request: ThrottledRequest) => Promise<T>;

export interface ThrottledEvent extends EventFacts {
    readonly type: 'throttled';
    readonly waitMs: number;
}

export interface ThrottledRequest {
    readonly kind: 'download' | 'list' | 'read' | 'storage' | 'write';
    readonly principal?: AuditLogPrincipal | undefined;
    readonly route: string;
}

export interface ToArrayOptions {
    readonly limit?: number | undefined;
}

export type TokenRoute = typeof tokenRoute;

export type TokenUsage = {
    [key: string]: unknown;
    cached_input_tokens?: null | number | undefined;
    input_tokens?: null | number | undefined;
    output_tokens?: null | number | undefined;
    reasoning_output_tokens?: null | number | undefined;
};

export type TransportEvent = CallEvent | CooldownEvent | RequestEvent | ResponseEvent | RetryEvent | ThrottledEvent;

export interface TypedValue<Type extends string> {
    [attribute: string]: unknown;
    display?: null | string | undefined;
    primary?: boolean | null | undefined;
    type?: (string & {}) | Type | null | undefined;
    value?: null | string | undefined;
}

export declare const USER_URN = "urn:ietf:params:scim:schemas:core:2.0:User";

export type UndescribedAuditAction = 'APP_SET_ENABLED_ACTIONS' | 'DELETE_AND_DISABLE_USER_MEMORY' | 'DELETE_AND_DISABLE_WORKSPACE_MEMORY' | 'DELETE_USER_LIBRARY_FILE' | 'DELETE_USER_PET' | 'DELETE_USER_SHARED_PET' | 'GET_GROUP_USAGE_LIMIT' | 'GET_USER_LIBRARY_FILE' | 'GET_USER_MONTHLY_USAGE_LIMIT_STATUS' | 'GET_USER_PET' | 'GET_USER_SHARED_PET' | 'GET_USER_USAGE_LIMIT' | 'GET_WORKSPACE_USAGE_LIMIT' | 'INVITE_UPDATE' | 'LIST_GROUP_USAGE_LIMITS' | 'LIST_USAGE_LIMIT_REQUESTS' | 'LIST_USER_LIBRARY_FILES' | 'LIST_USER_PETS' | 'LIST_USER_SHARED_PETS' | 'LIST_USER_USAGE_LIMITS' | 'PLUGIN_SHARE' | 'ROLE_ASSIGN' | 'ROLE_CREATE' | 'ROLE_DELETE' | 'ROLE_SET_ALL_CONNECTOR_PERMISSIONS' | 'ROLE_SET_CONNECTOR_PERMISSIONS' | 'ROLE_SET_PLUGIN_PERMISSIONS' | 'ROLE_UNASSIGN' | 'ROLE_UPDATE' | 'ROLE_UPDATE_BINDING_PERMISSIONS' | 'UPDATE_GROUP_USAGE_LIMIT' | 'UPDATE_USAGE_LIMIT_REQUEST' | 'UPDATE_USER_USAGE_LIMIT' | 'UPDATE_WORKSPACE_USAGE_LIMIT' | 'UPDATE_WORKSPACE_USER';

export type UnknownEvent = {
    [key: string]: unknown;
    actor?: EventActor | undefined;
    event_id: string;
    principal?: EventPrincipal | undefined;
    timestamp: string;
    type: OtherName;
};

export interface UnknownPlatformEvent extends PlatformEventBase {
    readonly [field: string]: unknown;
    readonly type: OtherName;
}

export interface UnmanagedMembers {
    readonly count: number;
    readonly userIds: readonly string[];
}

export interface UpsertOptions extends RequestOptions {
    readonly ifMatch?: true | undefined;
    readonly takeOver?: boolean | undefined;
    readonly verify?: boolean | undefined;
}

export type UpsertOutcome = 'adopted' | 'created' | 'reactivated' | 'unchanged' | 'updated';

export interface UpsertResult<T> {
    readonly members?: MembersResult | undefined;
    readonly outcome: UpsertOutcome;
    readonly resource: T;
}

export interface UsageActor {
    readonly [field: string]: unknown;
    readonly email?: null | string | undefined;
    readonly type?: 'ACCOUNT_USER' | (string & {}) | undefined;
    readonly user_id?: null | string | undefined;
}

export interface UsageDays {
    readonly from: string;
    readonly to: string;
}

export interface UsageIterateQuery extends AdminIterateQuery, UsageListQuery {
}

export interface UsageLimit {
    readonly [field: string]: unknown;
    readonly limit?: null | number | undefined;
    readonly limit_amount?: UsageLimitAmount | null | undefined;
    readonly limit_expires_at?: null | string | undefined;
    readonly type?: 'limited' | 'unlimited' | (string & {}) | undefined;
}

export interface UsageLimitAmount {
    readonly [field: string]: unknown;
    readonly amount?: string | undefined;
    readonly unit?: 'credit' | 'usd' | (string & {}) | undefined;
}

export interface UsageLimitIterateQuery extends AdminIterateQuery, UsageLimitListQuery {
}

export interface UsageLimitListQuery extends AdminListQuery {
    readonly limit?: LimitQuery['limit'];
}

export interface UsageLimitRequest {
    readonly [field: string]: unknown;
    readonly id: string;
    readonly justification?: string | undefined;
    readonly object?: 'workspace.usage_limit.request' | (string & {}) | undefined;
    readonly original_monthly_usage_limit?: UsageLimit | null | undefined;
    readonly recommended_monthly_usage_limit?: UsageLimit | null | undefined;
    readonly requester_account_user_id?: string | undefined;
    readonly requester_email?: null | string | undefined;
    readonly requester_name?: null | string | undefined;
    readonly requester_user_id?: string | undefined;
    readonly resolved_at?: null | string | undefined;
    readonly resolved_by_account_user_id?: null | string | undefined;
    readonly status?: 'approved' | 'canceled' | 'denied' | 'pending' | 'superseded' | (string & {}) | undefined;
    readonly workspace_id?: string | undefined;
}

export interface UsageLimitRequest_2 {
    readonly id: string;
    readonly justification: string;
    readonly original: UsageLimit_2 | undefined;
    readonly recommended: UsageLimit_2 | undefined;
    readonly resolvedAt: number | undefined;
    readonly resolvedById: string | undefined;
    readonly status: 'approved' | 'canceled' | 'denied' | 'pending' | 'superseded';
    readonly userId: string;
}

export interface UsageLimitSource {
    readonly [field: string]: unknown;
    readonly group_id?: null | string | undefined;
    readonly group_name?: null | string | undefined;
    readonly kind?: 'group_default' | 'individual_override' | 'role_based_personal_budget' | 'workspace_default' | (string & {}) | undefined;
    readonly role_id?: null | string | undefined;
    readonly role_name?: null | string | undefined;
    readonly seat_type?: 'default' | 'usage_based' | (string & {}) | null | undefined;
}

export type UsageLimit_2 = 'unlimited' | number;

export declare class UsageLimits {
    get(workspaceId: string, subject: Subject, id?: string): UsageLimit_2 | undefined;
    request(workspaceId: string, request: NewUsageLimitRequest): string;
    requests(workspaceId: string): readonly UsageLimitRequest_2[];
    setGroup(workspaceId: string, groupId: string, limit: UsageLimit_2 | undefined): void;
    setUser(workspaceId: string, idOrEmail: string, limit: UsageLimit_2 | undefined): void;
    setWorkspace(workspaceId: string, limit: UsageLimit_2 | undefined): void;
}

export interface UsageListQuery extends AdminListQuery {
    readonly endTime?: Date | string | undefined;
    readonly group?: 'workspace' | undefined;
    readonly limit?: LimitQuery['limit'];
    readonly startTime?: Date | string | undefined;
}

export type UsageSource = 'cost' | 'daily';

export type UsageStatus = 'incomplete' | 'read' | 'refused';

export interface UsageSum {
    readonly amount: string;
    readonly rows: number;
}

export interface UsageTotals {
    readonly [field: string]: unknown;
    readonly cached_text_input_tokens?: null | number | undefined;
    readonly cost_usd?: null | number | undefined;
    readonly credits?: null | number | undefined;
    readonly estimated_cost_usd?: null | number | undefined;
    readonly text_output_tokens?: null | number | undefined;
    readonly text_total_tokens?: null | number | undefined;
    readonly uncached_text_input_tokens?: null | number | undefined;
}

export interface User extends Resource {
    'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'?: EnterpriseUser | null | undefined;
    active?: boolean | null | undefined;
    addresses?: Address[] | null | undefined;
    displayName?: null | string | undefined;
    emails?: Email[] | null | undefined;
    entitlements?: MultiValuedAttribute[] | null | undefined;
    groups?: UserGroup[] | null | undefined;
    ims?: MultiValuedAttribute[] | null | undefined;
    locale?: null | string | undefined;
    name?: Name | null | undefined;
    nickName?: null | string | undefined;
    password?: null | string | undefined;
    phoneNumbers?: PhoneNumber[] | null | undefined;
    photos?: Photo[] | null | undefined;
    preferredLanguage?: null | string | undefined;
    profileUrl?: null | string | undefined;
    roles?: MultiValuedAttribute[] | null | undefined;
    timezone?: null | string | undefined;
    title?: null | string | undefined;
    userName: string;
    userType?: 'ServiceAccount' | (string & {}) | null | undefined;
    x509Certificates?: MultiValuedAttribute[] | null | undefined;
}

export type UserActionData = {
    CONVERSATION_DELETE: {
        [key: string]: unknown;
        conversation_id?: string | undefined;
    };
    CONVERSATION_MESSAGE_RATING: {
        [key: string]: unknown;
        conversation_id?: string | undefined;
        message_id?: string | undefined;
        rating?: 'thumbs_down' | 'thumbs_up' | OtherName | null | undefined;
    };
    CONVERSATION_MESSAGE_RATING_DELETE: {
        [key: string]: unknown;
        conversation_id?: string | undefined;
        message_id?: string | undefined;
    };
    CONVERSATION_SHARE: {
        [key: string]: unknown;
        already_exists?: boolean | null | undefined;
        conversation_id?: string | undefined;
        shared_conversation_id?: string | undefined;
    };
    CONVERSATION_VIEW_OF_SHARED: {
        [key: string]: unknown;
        conversation_id?: string | undefined;
        shared_conversation_id?: string | undefined;
    };
    CUSTOM_GPT_UPDATE_SHARING: {
        [key: string]: unknown;
        id?: string | undefined;
        shared_to?: null | undefined | {
            [key: string]: unknown;
            capabilities?: unknown;
            group_id?: null | string | undefined;
            recipient_type?: 'email' | 'group' | 'link' | 'marketplace' | 'private' | 'user' | 'workspace' | 'workspace_link' | OtherName | null | undefined;
            user_email?: null | string | undefined;
            user_id?: null | string | undefined;
        }[];
    };
    FILE_DOWNLOAD: {
        [key: string]: unknown;
        file_id?: null | string | undefined;
        file_name?: null | string | undefined;
        mime_type?: null | string | undefined;
    };
    INVITE_ACCEPT: {
        [key: string]: unknown;
        email_address?: null | string | undefined;
    };
    PERSONAL_ACCESS_TOKEN_CREATE: {
        [key: string]: unknown;
        credential_id?: string | undefined;
        credential_name?: null | string | undefined;
        credential_type?: 'personal_access_token' | OtherName | null | undefined;
        expires_at?: null | number | undefined;
        owner_user_id?: null | string | undefined;
        scopes?: null | string[] | undefined;
        workspace_id?: null | string | undefined;
    };
    PERSONAL_ACCESS_TOKEN_REVOKE: {
        [key: string]: unknown;
        credential_id?: string | undefined;
        credential_name?: null | string | undefined;
        credential_type?: 'personal_access_token' | OtherName | null | undefined;
        expires_at?: null | number | undefined;
        owner_user_id?: null | string | undefined;
        revoked_at?: null | number | undefined;
        scopes?: null | string[] | undefined;
        state_changed?: boolean | null | undefined;
        workspace_id?: null | string | undefined;
    };
    PROJECT_UPDATE_SHARING: {
        [key: string]: unknown;
        id?: string | undefined;
        requested_access_removals?: null | undefined | {
            [key: string]: unknown;
            capabilities?: unknown;
            group_id?: null | string | undefined;
            recipient_type?: 'email' | 'group' | 'link' | 'marketplace' | 'private' | 'user' | 'workspace' | 'workspace_link' | OtherName | null | undefined;
            user_email?: null | string | undefined;
            user_id?: null | string | undefined;
        }[];
        requested_access_updates?: null | undefined | {
            [key: string]: unknown;
            capabilities?: unknown;
            group_id?: null | string | undefined;
            recipient_type?: 'email' | 'group' | 'link' | 'marketplace' | 'private' | 'user' | 'workspace' | 'workspace_link' | OtherName | null | undefined;
            user_email?: null | string | undefined;
            user_id?: null | string | undefined;
        }[];
        shared_to?: null | undefined | {
            [key: string]: unknown;
            capabilities?: unknown;
            group_id?: null | string | undefined;
            recipient_type?: 'email' | 'group' | 'link' | 'marketplace' | 'private' | 'user' | 'workspace' | 'workspace_link' | OtherName | null | undefined;
            user_email?: null | string | undefined;
            user_id?: null | string | undefined;
        }[];
    };
    SESSION_LOGOUT_ALL: {
        [key: string]: unknown;
    };
    SESSION_REVOKE: {
        [key: string]: unknown;
        revoked_unified_sessions?: unknown;
        session_id?: null | string | undefined;
    };
    SITE_UPDATE_ACCESS_POLICY: {
        [key: string]: unknown;
        access_mode?: 'admins_only' | 'custom' | 'public' | 'workspace_all' | OtherName | null | undefined;
        access_mode_before?: 'admins_only' | 'custom' | 'public' | 'workspace_all' | OtherName | null | undefined;
        added_user_ids?: null | string[] | undefined;
        allowed_tenant_group_ids?: null | string[] | undefined;
        allowed_tenant_group_ids_before?: null | string[] | undefined;
        allowed_workspace_group_ids?: null | string[] | undefined;
        allowed_workspace_group_ids_before?: null | string[] | undefined;
        changed_fields?: ('access_mode' | 'direct_users' | 'tenant_groups' | 'workspace_groups' | OtherName)[] | null | undefined;
        client_id?: null | string | undefined;
        project_id?: string | undefined;
        removed_user_ids?: null | string[] | undefined;
        revision?: null | number | string | undefined;
        triggering_action?: 'transfer_site_ownership' | 'update_site_access' | OtherName | null | undefined;
    };
    SKILL_CREATE: {
        [key: string]: unknown;
        skill_id?: string | undefined;
        skill_name?: null | string | undefined;
    };
    SKILL_DELETE: {
        [key: string]: unknown;
        skill_id?: string | undefined;
        skill_name?: null | string | undefined;
    };
    SKILL_SHARE: {
        [key: string]: unknown;
        previous_role?: null | string | undefined;
        principal_id?: null | string | undefined;
        principal_type?: null | string | undefined;
        role?: null | string | undefined;
        skill_id?: string | undefined;
        skill_name?: null | string | undefined;
    };
    SKILL_UNSHARE: {
        [key: string]: unknown;
        principal_id?: null | string | undefined;
        principal_type?: null | string | undefined;
        role?: null | string | undefined;
        skill_id?: string | undefined;
        skill_name?: null | string | undefined;
    };
    SKILL_UPDATE: {
        [key: string]: unknown;
        skill_id?: string | undefined;
        skill_name?: null | string | undefined;
    };
    SKILL_WORKSPACE_ACCESS: {
        [key: string]: unknown;
        skill_id?: string | undefined;
        skill_name?: null | string | undefined;
        workspace_access_state?: 'discoverable' | 'enabled' | 'restricted' | OtherName | null | undefined;
        workspace_id?: null | string | undefined;
    };
    WORKSPACE_POLICY_ACKNOWLEDGEMENT: {
        [key: string]: unknown;
    };
};

export interface UserGroup {
    [attribute: string]: unknown;
    $ref?: null | string | undefined;
    display?: null | string | undefined;
    type?: 'direct' | 'indirect' | (string & {}) | null | undefined;
    value?: null | string | undefined;
}

export interface UserLimitQuery {
    readonly query?: string | undefined;
}

export declare class UserOperations<P extends KnownAccess, in out T extends Resource> extends ResourceOperations<T> {
    protected constructor();
    activate(id: string, options?: WriteOptions<T>): Promise<ActiveResult<T, 'activated'>>;
    deactivate(id: string, options?: WriteOptions<T>): Promise<DeactivateResult<T>>;
    withExtensions<const Extensions extends ExtensionShapes>(extensions: Extensions): Users<P, T & ExtensionsOf<Extensions>>;
}

export interface UserUsageLimit {
    readonly [field: string]: unknown;
    readonly account_user_id?: string | undefined;
    readonly current_month_usage?: null | number | undefined;
    readonly effective_monthly_usage_limit?: SourcedUsageLimit | null | undefined;
    readonly email?: null | string | undefined;
    readonly id: string;
    readonly inherited_monthly_usage_limit?: SourcedUsageLimit | null | undefined;
    readonly is_scim_managed?: boolean | null | undefined;
    readonly last_month_usage?: null | number | undefined;
    readonly name?: null | string | undefined;
    readonly object?: 'workspace.user.usage_limit' | (string & {}) | undefined;
    readonly override_monthly_usage_limit?: null | readonly UsageLimit[] | undefined;
    readonly role?: null | string | undefined;
    readonly seat_type?: 'default' | 'usage_based' | (string & {}) | null | undefined;
}

export type Users<P extends KnownAccess = 'read-only', T extends Resource = User> = Pick<UserOperations<P, T>, 'withExtensions' | Granted<P, 'activate' | 'create' | 'patch' | 'replace' | 'upsert', 'deactivate' | 'delete'> | ReadMethod>;

export interface ValuePath {
    readonly filter: FilterExpression;
    readonly op: 'valuePath';
    readonly path: string;
}

export interface VendorFields {
    [stream: string]: unknown;
    omitted?: string[];
}

export type Verdict = 'failed' | 'off' | 'ok' | 'unknown' | 'warning';

export type WithCompliance<Config> = Extract<Config, {
    readonly workspaceIds: readonly string[];
}>;

export type WithPlatform<Config, Required> = 'platform' extends Required ? Config & {
    readonly platformApiKey: string;
    readonly platformOrganizationId: string;
} : Config;

export type WithScim<Config> = Extract<Config, {
    readonly scimToken: string;
}>;

export type WithoutShape = {
    readonly [One in 'resource.deleted' | 'tunnel.created' | 'tunnel.deleted' | 'tunnel.updated' | PlatformTenantEventName]?: unknown;
};

export interface Workspace {
    readonly hasAdminApi?: boolean | undefined;
    readonly id: string;
    readonly name: string;
    readonly organizationId: string;
}

export type WorkspaceAnalyticsEvent = {
    [key: string]: unknown;
    actor?: EventActor | undefined;
    event_id: string;
    principal?: EventPrincipal | undefined;
    timestamp: string;
    type: 'CHATGPT_GPT_ANALYTICS' | 'CHATGPT_PROJECT_ANALYTICS' | 'CHATGPT_SURVEY_ANALYTICS' | 'CHATGPT_USER_ANALYTICS';
};

export type WorkspaceEventType = (string & {}) | Exclude<KnownEventType, OrganizationOnlyEventType>;

export interface WorkspaceInvitation {
    readonly email: string;
    readonly name: string;
}

export interface WorkspaceMembership {
    readonly email?: string | undefined;
    readonly isOwner?: boolean | undefined;
    readonly isScimManaged?: boolean | undefined;
    readonly joinedAt?: string | undefined;
    readonly listedBy: 'admin' | 'compliance';
    readonly name?: string | undefined;
    readonly role?: string | undefined;
    readonly seatType?: 'chatgpt' | 'codex' | (string & {}) | undefined;
    readonly status?: string | undefined;
    readonly userId: string;
    readonly workspaceId: string;
}

export type WorkspaceNames = Pick<AdminClientOptions, 'workspaceIds'>;

export type WorkspaceOnlyEventType = (typeof workspaceOnlyEventTypes)[number];

export interface WorkspacePrincipals {
    readonly workspaceIds: readonly string[];
}

export interface WorkspaceQuery {
    readonly workspaceId?: string | undefined;
}

export interface WorkspaceUsage extends DailyUsageSum {
    readonly workspaceId: string;
}

export interface WorkspaceUsageLimit {
    readonly [field: string]: unknown;
    readonly default_user_monthly_usage_limit?: null | readonly UsageLimit[] | undefined;
    readonly id: string;
    readonly object?: 'workspace.usage_limit' | (string & {}) | undefined;
}

export interface WorkspaceUser {
    readonly created_at: number;
    readonly email: string;
    readonly id: string;
    readonly is_scim_managed?: boolean | undefined;
    readonly name: string;
    readonly role: 'account-admin' | 'account-owner' | 'standard-user' | (string & {});
    readonly seatType?: 'chatgpt' | 'codex' | (string & {}) | undefined;
    readonly status: 'active' | 'inactive' | (string & {});
}

export interface WorkspaceVerdict {
    readonly admin: readonly AdminVerdict[];
    readonly known: Verdict;
    readonly logs: readonly EventTypeVerdict[];
    readonly members: Verdict;
    readonly membersListedBy?: 'admin' | 'compliance';
    readonly opened: Verdict;
    readonly principal: AuditLogPrincipal;
}

export declare class Workspaces implements Iterable<Workspace> {
    [Symbol.iterator](): Iterator<Workspace>;
    acceptInvitation(workspaceId: string, email: string): WorkspaceUser;
    add(workspace: Workspace, users?: readonly WorkspaceUser[]): void;
    delete(workspaceId: string): void;
    get(workspaceId: string): Workspace | undefined;
    hasOrganization(organizationId: string): boolean;
    invitations(workspaceId: string): readonly WorkspaceInvitation[];
    invite(workspaceId: string, email: string, name?: string): void;
    member(workspaceId: string, idOrEmail: string): WorkspaceUser | undefined;
    removeUser(workspaceId: string, idOrEmail: string): void;
    setUsers(workspaceId: string, users: readonly WorkspaceUser[]): void;
    updateUser(workspaceId: string, idOrEmail: string, changes: Partial<Omit<WorkspaceUser, 'id'>>): WorkspaceUser;
    users(workspaceId: string): readonly WorkspaceUser[];
}

export declare class WriteNotConfirmedError extends SdkError<WriteNotConfirmedErrorCode> {
    protected constructor();
    readonly attributes: readonly string[];
    readonly method: string;
    readonly name = "WriteNotConfirmedError";
    readonly route: string;
}

export type WriteNotConfirmedErrorCode = 'not_applied' | 'write_pending';

export interface WriteOptions<T = never> extends RequestOptions, Projection<T> {
    readonly ifMatch?: string | undefined;
    readonly verify?: boolean | undefined;
}

export declare const adminRemedies: Readonly<Record<"admin_api_key_refused" | "admin_ip_not_allowed" | "admin_key_of_another_workspace" | "no_admin_api" | "not_an_admin_key", Remedy>>;

export declare const adminRoutes: readonly [
    "GET /manage/users",
    "GET /manage/users/{id}",
    "GET /manage/users/{id}/groups",
    "GET /manage/invites",
    "GET /manage/invites/{id}",
    "GET /manage/groups",
    "GET /manage/groups/{id}",
    "GET /manage/groups/{id}/users",
    "GET /manage/service-accounts",
    "GET /manage/service-accounts/{id}",
    "GET /manage/service-accounts/{id}/credentials",
    "GET /manage/usage_limits/workspace",
    "GET /manage/usage_limits/groups",
    "GET /manage/usage_limits/groups/{id}",
    "GET /manage/usage_limits/users",
    "GET /manage/usage_limits/users/{id}",
    "GET /manage/usage_limits/users/{id}/monthly-usage",
    "GET /manage/usage_limits/requests",
    "GET /analytics/usage"
];

export declare function and<R = unknown>(...filters: readonly Filter<R>[]): Filter<R>;

export declare function applyPatch<R extends object>(resource: R, operations: readonly ReceivedPatchOperation[], given?: ApplyPatchOptions): R;

export declare function applyPlan<P extends KnownAccess>(client: ScimClient<P>, given: DirectoryPlan, options: ApplyOptions): Promise<PlanResult>;

export declare function baselineOf(resource: object, operations?: ChangeAction['operations']): Promise<string>;

export declare function brakesInForce(plan: DirectoryPlan, approved?: ApprovedLimits): readonly PlanBrake[];

export declare function bulk(client: ScimClient<'deprovisioning'> | ScimClient<'provisioning'>, writes: readonly BulkWrite[], options?: RequestOptions & BulkOptions): Promise<readonly BulkResult[]>;

export declare function canDeprovision(client: ScimClient<'deprovisioning'>): boolean;
export declare function canDeprovision(client: ScimClient<'provisioning'> | undefined): client is ScimClient<Permission>;
export declare function canDeprovision(client: ScimClient | undefined): client is ScimClient<'deprovisioning'>;

export declare function canProvision(client: ScimClient<'provisioning'>): boolean;
export declare function canProvision(client: ScimClient<'deprovisioning'> | undefined): client is ScimClient<Permission>;
export declare function canProvision(client: ScimClient | undefined): client is ScimClient<'provisioning'>;

export declare const checkEnvelope: EventValidator;

export declare function chunkOperations(operations: readonly PatchOperation[], chunkSize: number): PatchOperation[][];

export declare function clientCredentials(options: ClientCredentialsOptions): () => Promise<string>;

export declare function co<R = unknown>(path: TextPath<R>, value: string): Filter<R>;

export declare function compileFilter(filter: Filter | string, options?: FilterOptions): (resource: object) => boolean;

export declare const complianceRemedies: Readonly<Record<"admin_key_refused" | "compliance_key_refused" | "event_type_refused" | "ip_not_allowed" | "key_not_of_this_workspace" | "log_scope_missing" | "member_scope_missing" | "owner_key_needed" | "project_key_refused" | "workspace_of_another_organization" | "workspace_unknown", Remedy>>;

export declare const complianceRoutes: readonly [
    "GET /compliance/logs",
    "GET /compliance/logs/{log_file_id}",
    "GET /compliance/max_event_time",
    "GET /compliance/users",
    "GET /compliance/invites",
    "GET /compliance/conversations"
];

export declare function connect<const Config extends ConnectionConfig>(config: Config & {
    readonly [Other in Exclude<keyof Config, FormFieldName>]: never;
}, options?: ConnectOptions): Connection<Config>;

export declare function connectionConfigJsonSchema(): ConnectionConfigJsonSchema;

export declare const connectionConfigSchema: Schema<ConnectionConfig, ConnectionConfigInput>;

export declare const connectionRemedies: Readonly<Record<"admin_feature_missing" | "admin_key_not_allowed" | "admin_permission_missing" | "asked_to_wait" | "clock_skew" | "compliance_key_in_scim_field" | "compliance_key_not_enabled" | "directory_key_missing" | "groups_not_readable" | "key_not_allowed" | "key_of_another_workspace" | "members_not_shown" | "no_compliance_api" | "no_events_yet" | "no_workspace_known" | "not_compliance_api" | "not_scim" | "nothing_allowed" | "organization_not_allowed" | "probe_not_allowed" | "probe_user_not_found" | "rate_limited" | "resource_url" | "scim_token_cut" | "scim_token_in_compliance_field" | "server_error" | "server_slow" | "unexpected_answer" | "unreadable_answer" | "write_refused" | "write_unproven", Remedy>>;

export declare function consoleLogger(options?: ConsoleLoggerOptions): (event: TransportEvent) => void;

export declare function createEmulator(options?: EmulatorOptions): Emulator;

export declare function createFileCheckpointStore(directory: string): CheckpointStore;

export declare function createTestClock(options?: TestClockOptions): EmulatorClock;

export declare function diffPatch(before: object, after: object, options?: DiffPatchOptions): PatchOperation[];

export declare const documentedShape: EventValidator;

export declare const ecsVersion = "9.4.0";

export declare const enterpriseUserAttributes: SchemaAttributes;

export declare function eq<R = unknown>(...comparison: EqualityArguments<R>): Filter<R>;

export declare function etagOf(resource: object): string | undefined;

export declare function ew<R = unknown>(path: TextPath<R>, value: string): Filter<R>;

export declare function exitCodeOf(outcome: unknown): 0 | 1 | 2 | 3;

export declare function exportLogs<const Options extends PrincipalIds, const Type extends EventTypeName = AllEventTypes<Options>>(options: ExportOptions<Options, Type>): Promise<ExportResult>;

export declare const fault: {
    body(name: string, edit: (body: unknown, request: EmulatorRequest) => unknown): Fault;
    contentType(contentType: string): Fault;
    corruptBody(): Fault;
    cut(when: "after_commit" | "before_commit" | "during_body"): Fault;
    driftingPage(): Fault;
    emptyPage(): Fault;
    expiredUrl(): Fault;
    followedRedirect(): Fault;
    gzip(): Fault;
    header(name: string, value: string | undefined): Fault;
    html(status?: number): Fault;
    ignoredFilter(): Fault;
    latency(ms: number): Fault;
    meanwhile(name: string, change: () => unknown): Fault;
    missingCursor(): Fault;
    redirect(location: string, status?: 301 | 302 | 303 | 307 | 308): Fault;
    repeatedCursor(): Fault;
    repeatedPage(): Fault;
    repeatedRow(): Fault;
    slowBody(options: {
        readonly bytes: number;
        readonly delayMs: number;
    }): Fault;
    status(status: number, options?: StatusOptions): Fault;
    totalResults(total: "page_size" | number): Fault;
    truncatedBody(bytes?: number): Fault;
    without(...names: readonly string[]): Fault;
};

export declare function fileJournal(path: string, options?: FileJournalOptions): PlanJournal;

export declare function filter(template: TemplateStringsArray, ...values: readonly (Filter | LiteralInput)[]): Filter<unknown>;

export declare function formatCheckReport(report: CheckReport, options?: FormatCheckReportOptions): string;

export declare function formatFilter(filter: Filter): string;

export declare function formatPath(path: PatchPath): string;

export declare function formatPlan(plan: DirectoryPlan, options?: FormatPlanOptions): string;

export declare function ge<R = unknown>(...comparison: OrderArguments<R>): Filter<R>;

export declare function generateEvents<Type extends KnownEventType>(given: GenerateEventsOptions<Type>): Generator<EventOf<Type>, void, undefined>;

export declare function generateEveryKind<Type extends KnownEventType>(given: GenerateEveryKindOptions<Type>): Generator<EventOf<Type>, void, undefined>;

export declare function generatePlatformEvents(given: GeneratePlatformEventsOptions): Generator<PlatformLogEvent, void, undefined>;

export declare const groupResourceSchema: ResourceSchema;

export declare function gt<R = unknown>(...comparison: OrderArguments<R>): Filter<R>;

export declare function hashOfPlan(plan: DirectoryPlan): Promise<string>;

export declare function isPublicAddress(address: string): boolean;

export declare function isSdkError(error: unknown): error is SdkError;
export declare function isSdkError<Name extends keyof SdkErrorClasses>(error: unknown, className: Name): error is SdkErrorClasses[Name];

export declare function isServiceAccount(user: {
    readonly userType?: unknown;
}): boolean;

export declare function issuesOf(event: object): readonly EventIssue[];

export declare function le<R = unknown>(...comparison: OrderArguments<R>): Filter<R>;

export declare function lt<R = unknown>(...comparison: OrderArguments<R>): Filter<R>;

export declare function matchesFilter(filter: Filter | string, resource: object, options?: FilterOptions): boolean;

export declare function membersSentOf(error: unknown): MembersSent | undefined;

export declare function memoryJournal(): PlanJournal;

export declare function memorySink(options?: {
    readonly clock?: Clock | undefined;
}): MemorySink;

export declare function ndjsonSink(directory: string, options?: NdjsonSinkOptions): LogSink;

export declare function ne<R = unknown>(...comparison: EqualityArguments<R>): Filter<R>;

export declare const networkRemedies: Readonly<Record<"connection_refused" | "dns_failed" | "host_not_allowed" | "network_failed" | "no_answer_in_time" | "proxy_refused" | "redirected" | "tls_failed" | "web_page_answered", Remedy>>;

export declare function not<R = unknown>(filter: Filter<R>): Filter<R>;

export declare function objectSink(store: ObjectStore, options?: ObjectSinkOptions): LogSink;

export declare function or<R = unknown>(...filters: readonly Filter<R>[]): Filter<R>;

export declare const organizationEventTypes: readonly [
    "COSTS",
    "APP_LOG",
    "APP_AUTH_LOG"
];

export declare const organizationOnlyEventTypes: readonly [
    "COSTS"
];

export declare function parseConnectionConfig<const Required extends RequiredPart = 'either'>(input: FormInput, options?: ParseConnectionConfigOptions<Required>): ConfigWith<Required>;

export declare function parseFilter(text: string): Filter<unknown>;

export declare function parsePath(text: string, options?: PathOptions): PatchPath;

export declare function personOf(number: number, domain?: string): Person_2;

export declare function planDirectory<P extends KnownAccess>(client: ScimClient<P>, desired: DesiredDirectory, policy?: PlanPolicy, options?: PlanOptions): Promise<DirectoryPlan>;

export declare const platformEventNames: readonly [
    "api_key.created",
    "api_key.updated",
    "api_key.deleted",
    "certificate.created",
    "certificate.updated",
    "certificate.deleted",
    "certificates.activated",
    "certificates.deactivated",
    "checkpoint.permission.created",
    "checkpoint.permission.deleted",
    "external_key.registered",
    "external_key.removed",
    "external_storage.registered",
    "external_storage.removed",
    "group.created",
    "group.updated",
    "group.deleted",
    "invite.sent",
    "invite.accepted",
    "invite.deleted",
    "ip_allowlist.created",
    "ip_allowlist.updated",
    "ip_allowlist.deleted",
    "ip_allowlist.config.activated",
    "ip_allowlist.config.deactivated",
    "login.succeeded",
    "login.failed",
    "logout.succeeded",
    "logout.failed",
    "organization.updated",
    "project.created",
    "project.updated",
    "project.archived",
    "project.deleted",
    "rate_limit.updated",
    "rate_limit.deleted",
    "resource.deleted",
    "tunnel.created",
    "tunnel.updated",
    "tunnel.deleted",
    "workload_identity_provider.created",
    "workload_identity_provider.updated",
    "workload_identity_provider.deleted",
    "workload_identity_provider_mapping.created",
    "workload_identity_provider_mapping.updated",
    "workload_identity_provider_mapping.deleted",
    "role.created",
    "role.updated",
    "role.deleted",
    "role.assignment.created",
    "role.assignment.deleted",
    "role.bound_to_resource",
    "role.unbound_from_resource",
    "scim.enabled",
    "scim.disabled",
    "service_account.created",
    "service_account.updated",
    "service_account.deleted",
    "user.added",
    "user.updated",
    "user.deleted"
];

export declare const platformFindings: Readonly<Record<"not_platform_api" | "platform_key_of_project" | "platform_key_refused" | "platform_keys_exchanged" | "platform_log_empty" | "platform_log_not_allowed" | "platform_scope_missing" | "platform_tenant_not_readable", Remedy>>;

export declare const platformLogTypes: readonly [
    "PLATFORM_AUDIT_LOG",
    "PLATFORM_TENANT_LOG"
];

export declare const platformTenantEventNames: readonly [
    "tenant.metadata.updated",
    "tenant.microsoft_entra_mapping.upserted",
    "tenant.microsoft_entra_mapping.deleted",
    "tenant.workload_identity.provider.created",
    "tenant.workload_identity.provider.updated",
    "tenant.workload_identity.provider.archived",
    "tenant.workload_identity.mapping.created",
    "tenant.workload_identity.mapping.updated",
    "tenant.workload_identity.mapping.archived",
    "tenant.workload_identity.binding.created",
    "tenant.workload_identity.principal.provisioned",
    "tenant.workload_identity.access_token.issued",
    "tenant.admin_api_key.created",
    "tenant.admin_api_key.updated",
    "tenant.admin_api_key.deleted",
    "tenant.project_api_key.created",
    "tenant.trusted_access.business_verification.started",
    "tenant.trusted_access.application.submitted",
    "tenant.chatgpt_access_token.revoked",
    "tenant.migration.completed",
    "tenant.sso.migrated",
    "tenant.domains.migrated",
    "tenant.sso_connection.created",
    "tenant.sso_connection.updated",
    "tenant.sso_connection.deleted",
    "tenant.sso_connection.setup.started",
    "tenant.policy.created",
    "tenant.policy.updated",
    "tenant.policy.deleted",
    "tenant.policy.attached",
    "tenant.policy.detached",
    "tenant.principal_authentication_policy.resolved",
    "tenant.scim.setup.started",
    "tenant.scim.deletion.requested",
    "tenant.scim.directory.created",
    "tenant.product_access_policy.updated",
    "tenant.resource_share_grant.created",
    "tenant.resource_share_grant.updated",
    "tenant.resource_share_grant.accepted",
    "tenant.resource_share_grant.declined",
    "tenant.resource_share_grant.revoked",
    "tenant.resource_share_grant.deleted",
    "tenant.service_account.updated",
    "tenant.service_account.deleted",
    "tenant.service_account.token.revoked",
    "tenant.billing.overage_limit.updated",
    "tenant.billing.alerts.updated",
    "tenant.billing.info.updated",
    "tenant.usage_limit.workspace.updated",
    "tenant.usage_limit.group.updated",
    "tenant.usage_limit.user.updated",
    "tenant.usage_limit.increase_request.updated",
    "tenant.usage_limit.increase_request.resolved",
    "tenant.group.created",
    "tenant.group.updated",
    "tenant.group.deleted",
    "tenant.group.member.added",
    "tenant.group.member.removed",
    "tenant.migration_rollout.status.updated",
    "tenant.migration_rollout.tier.updated",
    "tenant.role.metadata.updated",
    "tenant.custom_role.created",
    "tenant.custom_role.updated",
    "tenant.custom_role.deleted",
    "tenant.role_assignment.created",
    "tenant.role_assignment.deleted",
    "tenant.resource_role_assignment.created",
    "tenant.resource_role_assignment.deleted",
    "tenant.resource_access.updated",
    "tenant.resource_access.deleted",
    "tenant.ads_account.onboarding.redemption",
    "tenant.session_policy.created",
    "tenant.session_policy.updated",
    "tenant.session_policy.deleted",
    "tenant.session_revocation.started",
    "tenant.third_party_app_policy.updated",
    "tenant.user.added",
    "tenant.user.updated",
    "tenant.user.removed",
    "tenant.user.looked_up",
    "tenant.user.invited",
    "tenant.membership.revoked",
    "tenant.api_organization_invite.upserted",
    "tenant.api_organization_invite.deleted",
    "tenant.chatgpt_workspace_invite.upserted",
    "tenant.membership.accepted",
    "tenant.membership.declined",
    "tenant.workspace_invite_email_settings.updated"
];

export declare function postgresSink(client: PostgresClient, options?: PostgresSinkOptions): LogSink;

export declare function present<R = unknown>(path: AttributePath<R>): Filter<R>;

export declare function principalOf(error: unknown): AuditLogPrincipal | undefined;

export declare function publicHostsOnly(url: URL, options?: PublicHostsOptions): Promise<boolean>;

export declare function rawOf(resource: object): unknown;

export declare function readConnectionConfigFromEnv<const Required extends RequiredPart = 'either'>(env: Readonly<Record<string, string | undefined>>, given?: ParseConnectionConfigOptions<Required>): ConfigWith<Required>;

export declare function redactConnectionConfig(config: unknown): RedactedConnectionConfig;

export declare function redactPlan(plan: DirectoryPlan): DirectoryPlan;

export declare function resourceSchemaOf(definition: SchemaDefinition, extensions?: readonly SchemaDefinition[]): ResourceSchema;

export declare function revertPlan<P extends KnownAccess>(client: ScimClient<P>, journal: PlanJournal | string, policy?: PlanPolicy, options?: RevertOptions): Promise<DirectoryPlan>;

export declare const rfcProfile: ProviderProfile;

export declare function safeParseConnectionConfig<const Required extends RequiredPart = 'either'>(input: FormInput, given?: ParseConnectionConfigOptions<Required>): SafeParseConnectionConfigResult<ConfigWith<Required>>;

export declare const scimQuirks: {
    readonly aws: {
        readonly bulk: false;
        readonly cursors: "off";
        readonly defaultPageSize: 50;
        readonly etag: false;
        readonly filterOperators: readonly [
            "eq",
            "and"
        ];
        readonly maxMembersPerPatch: 100;
        readonly maxPageSize: 50;
        readonly members: "hidden";
        readonly requiresUserAgent: true;
        readonly search: false;
        readonly sort: false;
        readonly startIndex: "ignored";
    };
    readonly betterAuth: {
        readonly bulk: false;
        readonly cursors: "off";
        readonly etag: false;
        readonly filterAttributes: readonly [
            "userName",
            "externalId",
            "id",
            "emails.value",
            "displayName"
        ];
        readonly filterOperators: readonly [
            "eq"
        ];
        readonly maxMembersPerPatch: 1000;
        readonly search: false;
        readonly sort: false;
    };
    readonly countsFromZero: {
        readonly overlappingPages: true;
        readonly startIndex: "from_zero";
    };
    readonly deactivatesOnDelete: {
        readonly deleteDeactivates: true;
    };
    readonly entra: {
        readonly cursors: "off";
        readonly patchAnswer: "no_content";
        readonly patchDialect: "tolerant";
        readonly search: false;
    };
    readonly handMade: {
        readonly booleansAsStrings: true;
        readonly bulk: false;
        readonly contentType: "application/json";
        readonly cursors: "off";
        readonly discovery: false;
        readonly errorStatus: "number";
        readonly etag: false;
        readonly filterOperators: readonly [
        ];
        readonly locationHeader: false;
        readonly omitsStartIndex: true;
        readonly resourcesKey: "resources";
        readonly search: false;
        readonly sort: false;
        readonly totalResults: "page_size";
        readonly unsupportedFilter: "ignored";
    };
    readonly okta: {
        readonly cursors: "off";
        readonly patchDialect: "tolerant";
        readonly search: false;
    };
    readonly refusesLargeCount: {
        readonly countAboveMaximum: "refuse";
        readonly maxPageSize: 100;
    };
    readonly scimmyExpress4: {
        readonly bulkMaxOperations: 1000;
        readonly caseSensitiveUserName: true;
        readonly defaultPageSize: 20;
        readonly locationHeader: false;
        readonly pastTheEnd: "first_page";
    };
    readonly scimmyExpress5: {
        readonly caseSensitiveUserName: true;
        readonly defaultPageSize: 20;
        readonly locationHeader: false;
        readonly maxPageSize: 20;
        readonly startIndex: "ignored";
    };
    readonly terse: {
        readonly createdBody: false;
        readonly notFoundForNoMatch: true;
        readonly omitsEmptyResources: true;
        readonly patchAnswer: "no_content";
    };
    readonly withoutPatch: {
        readonly patch: false;
    };
};

export declare const scimRemedies: Readonly<Record<"directory_unknown" | "scim_forbidden" | "scim_token_refused", Remedy>>;

export declare const scimRoutes: readonly [
    "GET /",
    "GET /Users",
    "POST /Users",
    "GET /Users/{id}",
    "PUT /Users/{id}",
    "PATCH /Users/{id}",
    "DELETE /Users/{id}",
    "GET /Groups",
    "POST /Groups",
    "GET /Groups/{id}",
    "PUT /Groups/{id}",
    "PATCH /Groups/{id}",
    "DELETE /Groups/{id}",
    "POST /.search",
    "POST /Users/.search",
    "POST /Groups/.search",
    "POST /Bulk",
    "GET /ServiceProviderConfig",
    "GET /ServiceProviderConfigs",
    "GET /ResourceTypes",
    "GET /ResourceTypes/{name}",
    "GET /Schemas",
    "GET /Schemas/{urn}",
    "GET /Me",
    "PUT /Me",
    "PATCH /Me",
    "DELETE /Me",
    "POST /Me"
];

export declare function seedEvents(emulator: Pick<Emulator, 'clock' | 'store'>, given: SeedEventsOptions): number;

export declare function seedGroups(emulator: Pick<Emulator, 'store'>, count: number, options?: {
    readonly memberIds?: readonly string[] | undefined;
    readonly membersPerGroup?: number | undefined;
}): string[];

export declare function seedLogFiles(emulator: Pick<Emulator, 'clock' | 'store'>, given: SeedLogFilesOptions): number;

export declare function seedUsers(emulator: Pick<Emulator, 'store'>, count: number): string[];

export declare const snapshotBrand: unique symbol;

export declare function sourceOf(event: object): AuditLogEventSource | undefined;

export declare function sqliteSink(db: SqliteDatabase, options?: SqliteSinkOptions): LogSink;

export declare function sw<R = unknown>(path: TextPath<R>, value: string): Filter<R>;

export declare function toEcs(event: NormalizableEvent, options?: NormalizeOptions): EcsDocument;

export declare function toOcsf(event: NormalizableEvent, options?: OcsfOptions): readonly OcsfEvent[];

export declare const tokenRoute = "POST /oauth/token";

export declare const userResourceSchema: ResourceSchema;

export declare function valuePath<R = unknown, P extends MultiValuedPath<R> = MultiValuedPath<R>>(path: P, filter: ElementFilter<R, P>): Filter<R>;

export declare const workosProfile: ProviderProfile;

export declare const workspaceEventTypes: readonly [
    "CONVERSATION_MESSAGE",
    "AUDIT_LOG",
    "AUTH_LOG",
    "CODEX_LOG",
    "CODEX_SECURITY_LOG",
    "CHATGPT_PLUGIN_SPREADSHEET",
    "CUSTOM_AGENTS_LOG",
    "APP_LOG",
    "APP_AUTH_LOG",
    "CODEX_TURN",
    "CHATGPT_USER_ANALYTICS",
    "CHATGPT_PROJECT_ANALYTICS",
    "CHATGPT_GPT_ANALYTICS",
    "CHATGPT_SURVEY_ANALYTICS"
];

export declare const workspaceOnlyEventTypes: readonly [
    "CONVERSATION_MESSAGE",
    "AUDIT_LOG",
    "AUTH_LOG",
    "CODEX_LOG",
    "CODEX_SECURITY_LOG",
    "CHATGPT_PLUGIN_SPREADSHEET",
    "CUSTOM_AGENTS_LOG"
];
