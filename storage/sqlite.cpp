#include "storage/sqlite.h"

#include <sqlite3.h>

#include <cerrno>

#include "core/result.h"

namespace sohoa {
namespace {

/// SQLITE_FULL, or an I/O error for that reason: so it is with the -shm file, and with a limit on
/// the size of files.
bool diskIsFull(sqlite3* handle) {
  const int code = sqlite3_errcode(handle) & 0xff;
  const int reason = sqlite3_system_errno(handle);
  return code == SQLITE_FULL ||
         (code == SQLITE_IOERR && (reason == ENOSPC || reason == EDQUOT || reason == EFBIG));
}

}  // namespace

Statement::Statement(const Database& database, std::string_view sql) : database_(&database) {
  sqlite3_stmt* statement = nullptr;
  const int code = sqlite3_prepare_v3(database.handle(), sql.data(), static_cast<int>(sql.size()),
                                      SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
  statement_.reset(statement);
  if (code != SQLITE_OK) database.fail(sql);
}

bool Statement::next() {
  const int code = sqlite3_step(statement_.get());
  if (code == SQLITE_ROW) return true;
  if (code != SQLITE_DONE) database_->fail(sqlite3_sql(statement_.get()));
  return false;
}

void Statement::reset() {
  sqlite3_reset(statement_.get());  // repeats the error of the last step, which was thrown
  sqlite3_clear_bindings(statement_.get());
}

std::string Statement::text(int column) const {
  const auto* bytes = sqlite3_column_text(statement_.get(), column);
  if (bytes == nullptr) return {};
  return {reinterpret_cast<const char*>(bytes),
          static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column))};
}

std::int64_t Statement::integer(int column) const {
  return sqlite3_column_int64(statement_.get(), column);
}

std::optional<std::string> Statement::textOrNull(int column) const {
  if (sqlite3_column_type(statement_.get(), column) == SQLITE_NULL) return std::nullopt;
  return text(column);
}

void Statement::bind(int index, std::string_view value) {
  // An empty view may have a null pointer, which SQLite would take for NULL.
  const char* bytes = value.data() == nullptr ? "" : value.data();
  if (sqlite3_bind_text64(statement_.get(), index, bytes, value.size(), SQLITE_TRANSIENT,
                          SQLITE_UTF8) != SQLITE_OK) {
    database_->fail("bind");
  }
}

void Statement::bind(int index, std::int64_t value) {
  if (sqlite3_bind_int64(statement_.get(), index, value) != SQLITE_OK) database_->fail("bind");
}

void Statement::bind(int index, double value) {
  if (sqlite3_bind_double(statement_.get(), index, value) != SQLITE_OK) database_->fail("bind");
}

void Statement::bind(int index, const std::optional<std::string>& value) {
  if (value) return bind(index, std::string_view(*value));
  if (sqlite3_bind_null(statement_.get(), index) != SQLITE_OK) database_->fail("bind");
}

Database::Database(const std::filesystem::path& file) : file_(file) {
  sqlite3* handle = nullptr;
  const int code =
      sqlite3_open_v2(file.c_str(), &handle,
                      SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nullptr);
  handle_.reset(handle);
  if (code != SQLITE_OK) fail("open");
  sqlite3_busy_timeout(handle, 30'000);
}

void Database::execute(const std::string& sql) const {
  if (sqlite3_exec(handle_.get(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
    fail(sql.substr(0, 80));
  }
}

std::int64_t Database::integer(const std::string& sql) const {
  Statement statement(*this, sql);
  if (!statement.next()) fail(sql, "no row");
  return statement.integer(0);
}

std::int64_t Database::lastRow() const { return sqlite3_last_insert_rowid(handle_.get()); }
int Database::changes() const { return sqlite3_changes(handle_.get()); }

void Database::fail(std::string_view doing) const {
  if (handle_ && diskIsFull(handle_.get())) {
    throw BatchError(Cause::diskFull, file_.string() + ": " + sqlite3_errmsg(handle_.get()));
  }
  fail(doing, handle_ ? sqlite3_errmsg(handle_.get()) : "out of memory");
}

void Database::fail(std::string_view doing, std::string_view why) const {
  throw BatchError(Cause::catalogueUnusable, file_.string() + ": " + std::string(why) + " (" +
                                                 std::string(doing.substr(0, 120)) + ")");
}

DatabaseTransaction::DatabaseTransaction(const Database& database, Kind kind)
    : database_(database) {
  database_.execute(kind == Kind::write ? "BEGIN IMMEDIATE" : "BEGIN");
}

DatabaseTransaction::~DatabaseTransaction() {
  if (open_) sqlite3_exec(database_.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
}

void DatabaseTransaction::commit() {
  database_.execute("COMMIT");
  open_ = false;
}

}  // namespace sohoa
