package io.oasis.server.api;

/** Bodies that the OpenAPI document shows. A test sends the requests among them to the server. */
final class Examples {
  static final String APPLY =
      """
      {
        "files": [
          {
            "name": "jobs/billing.yaml",
            "content": "apiVersion: oasis/v1\\nkind: App\\nmetadata: {name: billing}\\n---\\napiVersion: oasis/v1\\nkind: Job\\nmetadata: {app: billing, name: nightly}\\nspec:\\n  schedule: {cron: \\"0 30 2 * * ?\\", timeZone: Asia/Shanghai}\\n  handler: settle\\n"
          }
        ],
        "source": "billing-jobs",
        "commit": "3f2a91c",
        "author": "Li <li@example.com>",
        "ciRun": "https://ci.example.com/runs/1234",
        "horizon": "7d",
        "prune": true
      }
      """;
  static final String PLAN =
      """
      {
        "applied": false,
        "source": "infra",
        "commit": "3f2a91c",
        "digest": "sha256:8d3f…",
        "durationMs": 12,
        "summary": {"create": 0, "change": 1, "unchanged": 411, "prune": 0},
        "deletions": {"count": 0, "owned": 412, "needsYes": false},
        "steps": [
          {
            "kind": "job",
            "key": "billing/nightly",
            "action": "change",
            "base": "41.7.on.infra",
            "revision": 8,
            "fields": [{"path": "schedule.cron", "before": "0 30 2 * * ?", "after": "0 0 3 * * ?"}],
            "nextFireAt": "2026-11-23T19:00:00Z",
            "timeZone": "Asia/Shanghai",
            "fires": {
              "horizon": "7d", "removed": 7, "added": 7, "moved": 7,
              "firstAt": "2026-11-23T19:00:00Z", "removedAt": "02:30", "addedAt": "03:00"
            }
          }
        ],
        "overlaps": [],
        "notes": []
      }
      """;
  static final String INVALID =
      """
      {
        "type": "about:blank",
        "title": "The manifests are not valid",
        "status": 422,
        "code": "invalid",
        "detail": "1 error, nothing was written",
        "errors": [
          {
            "file": "jobs/billing.yaml", "line": 8, "column": 20, "path": "spec.schedule.cron",
            "message": "`61` is not a minute", "hint": "the fields are second, minute, hour, …"
          }
        ]
      }
      """;
  static final String CONFLICT =
      """
      {
        "type": "about:blank",
        "title": "Conflict",
        "status": 409,
        "code": "conflict",
        "detail": "job billing/nightly belongs to source infra, not to other",
        "hint": "apply it from infra, take it out of these files, or move it here with takeOver (--take-over)",
        "errors": [
          {
            "file": "jobs/billing.yaml", "line": 5, "column": 1, "path": "metadata.name",
            "message": "job billing/nightly belongs to source infra, not to other",
            "hint": "apply it from infra, take it out of these files, or move it here with takeOver (--take-over)"
          }
        ]
      }
      """;
  static final String EDIT =
      """
      {
        "labels": {"team": "payments"},
        "spec": {
          "schedule": {"cron": "0 0 3 * * ?", "timeZone": "Asia/Shanghai"},
          "handler": "settle",
          "timeout": "30m"
        },
        "reason": "month end",
        "override": true
      }
      """;
  static final String STALE =
      """
      {
        "type": "about:blank",
        "title": "Somebody else saved it first",
        "status": 412,
        "code": "stale_revision",
        "detail": "job billing/nightly is at revision 8 by wang, and revision 7 was edited",
        "hint": "take over what you need of the newer revision, and send its ETag",
        "conflict": {
          "base": {"revision": 7, "author": "li", "at": "2026-11-21T09:00:00Z",
                   "labels": {}, "spec": {"schedule": "none", "handler": "settle"}},
          "theirs": {"revision": 8, "author": "wang", "at": "2026-11-22T10:00:00Z",
                     "labels": {}, "spec": {"schedule": "none", "handler": "settle", "timeout": {"run": "30m"}}},
          "yours": {"labels": {}, "spec": {"schedule": "none", "handler": "settle", "timeout": {"run": "20m"}}},
          "fields": [{"path": "timeout.run", "base": null, "theirs": "30m", "yours": "20m", "conflict": true}]
        }
      }
      """;
  static final String DRIFT =
      """
      {
        "source": "infra",
        "commit": "3f2a91c",
        "total": 412,
        "items": [
          {
            "kind": "job",
            "key": "billing/refund-sweep",
            "source": "infra",
            "what": "changed",
            "fields": [
              {
                "path": "timeout.run", "applied": "10m", "now": "30m",
                "by": "wang", "at": "2026-11-22T10:00:00Z", "via": "console", "reason": "month end"
              }
            ],
            "by": "wang",
            "at": "2026-11-22T10:00:00Z",
            "via": "console",
            "reason": "month end"
          }
        ]
      }
      """;

  private Examples() {}
}
