#include <sqlite3.h>

#include <cerrno>

#include "core/handle.h"
#include "core/result.h"
#include "storage/database/database.h"

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

class SqliteDatabase final : public Database {
 public:
  explicit SqliteDatabase(const std::string& file) : file_(file) {
    sqlite3* handle = nullptr;
    const int code =
        sqlite3_open_v2(file.c_str(), &handle,
                        SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nullptr);
    handle_.reset(handle);
    if (code != SQLITE_OK) failed("open");
    sqlite3_busy_timeout(handle, 30'000);
  }

  Engine engine() const override { return Engine::sqlite; }
  std::string name() const override { return file_; }
  void execute(const std::string& sql) const override {
    if (sqlite3_exec(handle_.get(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
      failed(sql.substr(0, 80));
    }
  }
  std::unique_ptr<EngineStatement> prepare(std::string_view sql) const override;
  void begin(bool write) const override { execute(write ? "BEGIN IMMEDIATE" : "BEGIN"); }
  void rollBack() const noexcept override {
    sqlite3_exec(handle_.get(), "ROLLBACK", nullptr, nullptr, nullptr);
  }

  /// Throws for the last result code of the library.
  [[noreturn]] void failed(std::string_view doing) const {
    if (handle_ && diskIsFull(handle_.get())) {
      throw BatchError(Cause::diskFull, file_ + ": " + sqlite3_errmsg(handle_.get()));
    }
    fail(doing, handle_ ? sqlite3_errmsg(handle_.get()) : "out of memory");
  }
  sqlite3* handle() const { return handle_.get(); }

 private:
  std::string file_;
  Handle<sqlite3, sqlite3_close_v2> handle_;
};

class SqliteStatement final : public EngineStatement {
 public:
  SqliteStatement(const SqliteDatabase& database, std::string_view sql) : database_(database) {
    sqlite3_stmt* statement = nullptr;
    const int code = sqlite3_prepare_v3(database.handle(), sql.data(), static_cast<int>(sql.size()),
                                        SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
    statement_.reset(statement);
    if (code != SQLITE_OK) database.failed(sql);
  }

  void reset() override {
    sqlite3_reset(statement_.get());  // repeats the error of the last step, which was thrown
    sqlite3_clear_bindings(statement_.get());
  }
  void bindText(int parameter, std::string_view value) override {
    // An empty view may have a null pointer, which SQLite would take for NULL.
    const char* bytes = value.data() == nullptr ? "" : value.data();
    check(sqlite3_bind_text64(statement_.get(), parameter + 1, bytes, value.size(),
                              SQLITE_TRANSIENT, SQLITE_UTF8));
  }
  void bindInteger(int parameter, std::int64_t value) override {
    check(sqlite3_bind_int64(statement_.get(), parameter + 1, value));
  }
  void bindNull(int parameter) override {
    check(sqlite3_bind_null(statement_.get(), parameter + 1));
  }
  bool next() override {
    const int code = sqlite3_step(statement_.get());
    if (code == SQLITE_ROW) return true;
    if (code != SQLITE_DONE) database_.failed(sqlite3_sql(statement_.get()));
    return false;
  }
  std::string text(int column) const override {
    const auto* bytes = sqlite3_column_text(statement_.get(), column);
    if (bytes == nullptr) return {};
    return {reinterpret_cast<const char*>(bytes),
            static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column))};
  }
  std::int64_t integer(int column) const override {
    return sqlite3_column_int64(statement_.get(), column);
  }
  bool isNull(int column) const override {
    return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL;
  }

 private:
  void check(int code) const {
    if (code != SQLITE_OK) database_.failed("bind");
  }
  const SqliteDatabase& database_;
  Handle<sqlite3_stmt, sqlite3_finalize> statement_;
};

std::unique_ptr<EngineStatement> SqliteDatabase::prepare(std::string_view sql) const {
  return std::make_unique<SqliteStatement>(*this, sql);
}

}  // namespace

std::unique_ptr<Database> openSqlite(const std::string& file) {
  return std::make_unique<SqliteDatabase>(file);
}

}  // namespace sohoa
