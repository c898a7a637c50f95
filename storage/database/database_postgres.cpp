#include <libpq-fe.h>
#include <utf8proc.h>

#include <array>
#include <charconv>
#include <vector>

#include "core/handle.h"
#include "core/result.h"
#include "storage/database/database.h"

namespace sohoa {
namespace {

using QueryResult = Handle<PGresult, PQclear>;

/// `?1` of the common SQL as `$1`; a plain `?` would not be the same on both engines.
std::string withDollars(std::string_view sql) {
  std::string out;
  bool quoted = false;
  for (const char c : sql) {
    if (c == '\'') quoted = !quoted;
    out += c == '?' && !quoted ? '$' : c;
  }
  return out;
}

/// Text as PostgreSQL takes it: UTF-8 without NUL; anything else becomes U+FFFD, as a reader would
/// show it.
std::string storable(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
  for (std::size_t at = 0; at < text.size();) {
    utf8proc_int32_t point = 0;
    const auto n =
        utf8proc_iterate(bytes + at, static_cast<utf8proc_ssize_t>(text.size() - at), &point);
    if (n > 0 && point != 0) {
      out.append(text.substr(at, static_cast<std::size_t>(n)));
    } else {
      out += "\uFFFD";
    }
    at += n > 0 ? static_cast<std::size_t>(n) : 1;
  }
  return out;
}

class PostgresDatabase final : public Database {
 public:
  PostgresDatabase(const std::string& address, const std::string& schema) {
    // A host that is cut off must notice before its leases run out; what the address says goes
    // before these.
    const std::array<const char*, 6> names = {"connect_timeout", "tcp_user_timeout",
                                              "keepalives_idle", "keepalives_interval",
                                              "dbname",          nullptr};
    const std::array<const char*, 6> values = {"10", "10000", "5", "3", address.c_str(), nullptr};
    connection_.reset(PQconnectdbParams(names.data(), values.data(), 1));
    if (!connection_ || PQstatus(connection_.get()) != CONNECTION_OK) {
      fail("connect", connection_ ? PQerrorMessage(connection_.get()) : "out of memory");
    }
    PQsetNoticeProcessor(
        connection_.get(), [](void*, const char*) {}, nullptr);
    execute(
        "SET client_encoding = 'UTF8'; SET standard_conforming_strings = on; "
        "SET synchronous_commit = on; SET lock_timeout = '30s'; SET search_path = " +
        schema);
  }

  Engine engine() const override { return Engine::postgres; }
  std::string name() const override {
    if (!connection_) return "postgresql";
    const auto text = [](const char* value) { return std::string(value ? value : ""); };
    return "postgresql://" + text(PQhost(connection_.get())) + ":" +
           text(PQport(connection_.get())) + "/" + text(PQdb(connection_.get()));
  }
  void execute(const std::string& sql) const override {
    check(QueryResult(PQexec(connection_.get(), sql.c_str())), sql);
  }
  std::unique_ptr<EngineStatement> prepare(std::string_view sql) const override;
  void begin(bool write) const override {
    execute(write ? "BEGIN" : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
  }
  void rollBack() const noexcept override { QueryResult(PQexec(connection_.get(), "ROLLBACK")); }

  /// `result` when it is a success; throws otherwise.
  QueryResult check(QueryResult result, std::string_view sql) const {
    const ExecStatusType status = PQresultStatus(result.get());
    if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY) {
      return result;
    }
    const char* field = result ? PQresultErrorField(result.get(), PG_DIAG_SQLSTATE) : nullptr;
    const std::string_view state = field ? field : "";
    std::string message = PQerrorMessage(connection_.get());
    while (!message.empty() && message.back() == '\n') message.pop_back();
    if (state == "40001" || state == "40P01" || state == "55P03") {
      throw TransactionConflict(name() + ": " + message);
    }
    if (state == "53100") throw BatchError(Cause::diskFull, name() + ": " + message);
    fail(sql, message);
  }
  PGconn* connection() const { return connection_.get(); }
  std::string newStatementName() const { return "s" + std::to_string(++statements_); }

 private:
  Handle<PGconn, PQfinish> connection_;
  mutable std::int64_t statements_ = 0;
};

/// Results come whole. Planned at every execution: plans kept for other values are often bad ones
/// (the statements in question are short, the values decide).
class PostgresStatement final : public EngineStatement {
 public:
  PostgresStatement(const PostgresDatabase& database, std::string_view sql)
      : database_(database), sql_(withDollars(sql)) {}
  ~PostgresStatement() override {
    if (!name_.empty() && PQstatus(database_.connection()) == CONNECTION_OK) {
      QueryResult(PQexec(database_.connection(), ("DEALLOCATE " + name_).c_str()));
    }
  }
  PostgresStatement(const PostgresStatement&) = delete;
  PostgresStatement& operator=(const PostgresStatement&) = delete;

  void reset() override {
    result_.reset();
    row_ = -1;
    values_.clear();
  }
  void bindText(int parameter, std::string_view value) override { at(parameter) = storable(value); }
  void bindInteger(int parameter, std::int64_t value) override {
    at(parameter) = std::to_string(value);
  }
  void bindNull(int parameter) override { at(parameter).reset(); }
  bool next() override {
    if (!result_) result_ = executed();
    return ++row_ < PQntuples(result_.get());
  }
  std::string text(int column) const override {
    return {PQgetvalue(result_.get(), row_, column),
            static_cast<std::size_t>(PQgetlength(result_.get(), row_, column))};
  }
  std::int64_t integer(int column) const override {
    const char* digits = PQgetvalue(result_.get(), row_, column);
    std::int64_t value = 0;
    std::from_chars(digits, digits + PQgetlength(result_.get(), row_, column), value);
    return value;
  }
  bool isNull(int column) const override { return PQgetisnull(result_.get(), row_, column) != 0; }

 private:
  std::optional<std::string>& at(int parameter) {
    const auto index = static_cast<std::size_t>(parameter);
    if (values_.size() <= index) values_.resize(index + 1);
    return values_[index];
  }
  /// The first time in one round trip; from the second time on by a prepared statement.
  QueryResult executed() {
    std::vector<const char*> values;
    for (const auto& value : values_) values.push_back(value ? value->c_str() : nullptr);
    const int count = static_cast<int>(values.size());
    PGconn* connection = database_.connection();
    if (++executions_ == 1) {
      return database_.check(QueryResult(PQexecParams(connection, sql_.c_str(), count, nullptr,
                                                      values.data(), nullptr, nullptr, 0)),
                             sql_);
    }
    if (name_.empty()) {
      const std::string name = database_.newStatementName();
      database_.check(QueryResult(PQprepare(connection, name.c_str(), sql_.c_str(), 0, nullptr)),
                      sql_);
      name_ = name;
    }
    return database_.check(QueryResult(PQexecPrepared(connection, name_.c_str(), count,
                                                      values.data(), nullptr, nullptr, 0)),
                           sql_);
  }

  const PostgresDatabase& database_;
  std::string sql_, name_;
  std::vector<std::optional<std::string>> values_;
  QueryResult result_;
  int row_ = -1;
  int executions_ = 0;
};

std::unique_ptr<EngineStatement> PostgresDatabase::prepare(std::string_view sql) const {
  return std::make_unique<PostgresStatement>(*this, sql);
}

}  // namespace

std::unique_ptr<Database> openPostgres(const std::string& address, const std::string& schema) {
  return std::make_unique<PostgresDatabase>(address, schema);
}

}  // namespace sohoa
