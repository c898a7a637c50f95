#include "storage/database/job_queue.h"

#include "storage/database/database.h"

namespace sohoa {
namespace {

/// A table of both engines; PostgreSQL's claimants step around each other's rows, SQLite's take
/// turns.
class SqlJobQueue final : public JobQueue {
 public:
  explicit SqlJobQueue(const Database& database)
      : database_(database), postgres_(database.engine() == Engine::postgres) {}

  void offer(const std::vector<Job>& jobs, std::int64_t rank) override {
    transact(database_, [&] {
      Statement insert(database_,
                       "INSERT INTO job (kind, name, work_group, rank) VALUES (?1, ?2, ?3, ?4) "
                       "ON CONFLICT (kind, name) DO NOTHING");
      for (const Job& job : jobs) insert.run(job.kind, job.name, job.group, rank);
    });
  }

  std::vector<Job> claim(const std::string& holder, const std::string& kind, int count,
                         std::chrono::milliseconds lease) override {
    // On PostgreSQL one statement is one transaction and one round trip. What a dead holder left
    // comes first: it was to be done before what nobody has touched yet. Each half walks an index
    // that holds nothing else, so that a claim costs the same however many jobs are in other hands.
    if (!claim_) {
      const std::string skip = postgres_ ? " FOR UPDATE SKIP LOCKED" : "";
      claim_ = std::make_unique<Statement>(
          database_,
          "WITH due AS (SELECT kind, name FROM job WHERE kind = ?2 AND holder <> '' AND "
          "expires <= " +
              asked() + " ORDER BY expires LIMIT ?3" + skip +
              "), free AS (SELECT kind, name FROM job WHERE kind = ?2 AND holder = '' "
              "ORDER BY rank, name LIMIT ?3 - (SELECT count(*) FROM due)" +
              skip + ") UPDATE job SET holder = ?1, expires = " + now() +
              " + ?4, attempts = attempts + 1 WHERE (kind, name) IN "
              "(SELECT kind, name FROM due UNION ALL SELECT kind, name FROM free) "
              "RETURNING name, work_group, attempts");
    }
    std::vector<Job> jobs;
    claim_->start(holder, kind, count, lease.count());
    while (claim_->next()) {
      jobs.push_back(
          {kind, claim_->text(0), claim_->text(1), static_cast<int>(claim_->integer(2))});
    }
    claim_->reset();
    return jobs;
  }

  bool claimOne(const std::string& holder, const Job& job,
                std::chrono::milliseconds lease) override {
    return changes("UPDATE job SET holder = ?1, expires = " + now() +
                       " + ?4, attempts = attempts + 1 WHERE kind = ?2 AND name = ?3 AND "
                       "expires <= " +
                       now() + " RETURNING name",
                   holder, job.kind, job.name, lease.count()) == 1;
  }

  bool mustWait(const std::string& holder, const Job& job) override {
    Statement select(database_,
                     "SELECT 1 FROM job WHERE kind = ?1 AND work_group = ?2 AND name < ?3 "
                     "AND holder <> '' AND holder <> ?4 AND expires > " +
                         now());
    select.start(job.kind, job.group, job.name, holder);
    return select.next();
  }

  int renew(const std::string& holder, std::chrono::milliseconds lease) override {
    return changes("UPDATE job SET expires = " + now() + " + ?2 WHERE holder = ?1 AND expires > " +
                       now() + " RETURNING name",
                   holder, lease.count());
  }

  bool holds(const std::string& holder, const Job& job) override {
    Statement select(database_,
                     "SELECT 1 FROM job WHERE kind = ?1 AND name = ?2 AND holder = ?3 "
                     "AND expires > " +
                         now());
    select.start(job.kind, job.name, holder);
    return select.next();
  }

  bool finish(const std::string& holder, const Job& job) override {
    if (!finish_) {
      finish_ = std::make_unique<Statement>(
          database_,
          "DELETE FROM job WHERE kind = ?1 AND name = ?2 AND holder = ?3 RETURNING name");
    }
    finish_->start(job.kind, job.name, holder);
    const bool gone = finish_->next();
    finish_->reset();
    return gone;
  }

  void giveBack(const std::string& holder, const Job& job) override {
    Statement(database_,
              "UPDATE job SET holder = '', expires = 0, attempts = attempts - 1 "
              "WHERE kind = ?1 AND name = ?2 AND holder = ?3")
        .run(job.kind, job.name, holder);
  }
  void giveBackAll(const std::string& holder) override {
    Statement(database_,
              "UPDATE job SET holder = '', expires = 0, attempts = attempts - 1 WHERE holder = ?1")
        .run(holder);
  }

  std::int64_t size(const std::string& kind) override {
    Statement select(database_, "SELECT count(*) FROM job WHERE kind = ?1");
    select.start(kind);
    return select.next() ? select.integer(0) : 0;
  }

 private:
  /// Rows that a statement with RETURNING changed.
  template <class... Values>
  int changes(const std::string& sql, const Values&... values) {
    Statement statement(database_, sql);
    statement.start(values...);
    int rows = 0;
    while (statement.next()) ++rows;
    return rows;
  }
  /// Milliseconds since 1970 by the database's clock.
  std::string now() const {
    return postgres_ ? "CAST(extract(epoch FROM clock_timestamp()) * 1000 AS bigint)"
                     : "CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)";
  }
  /// The same as of the statement's beginning, which PostgreSQL can look up in an index.
  std::string asked() const {
    return postgres_ ? "CAST(extract(epoch FROM statement_timestamp()) * 1000 AS bigint)" : now();
  }

  const Database& database_;
  bool postgres_;
  std::unique_ptr<Statement> claim_, finish_;  // made once: asked for every job
};

}  // namespace

std::unique_ptr<JobQueue> makeJobQueue(const Database& database) {
  return std::make_unique<SqlJobQueue>(database);
}

}  // namespace sohoa
