#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "core/handle.h"

struct sqlite3;
struct sqlite3_stmt;
extern "C" int sqlite3_close_v2(sqlite3*);
extern "C" int sqlite3_finalize(sqlite3_stmt*);

namespace sohoa {

class Database;

/// A prepared statement, reused through `run`. Values are bound in order; columns count from 0.
class Statement {
 public:
  Statement(const Database& database, std::string_view sql);

  /// Resets, binds the values and executes a statement that returns no rows.
  template <class... Values>
  void run(const Values&... values) {
    start(values...);
    while (next()) {
    }
    reset();
  }
  /// Resets and binds the values; rows follow with next().
  template <class... Values>
  void start(const Values&... values) {
    reset();
    int index = 0;
    (bind(++index, values), ...);
  }
  bool next();
  void reset();

  std::string text(int column) const;
  std::int64_t integer(int column) const;
  std::optional<std::string> textOrNull(int column) const;

 private:
  void bind(int index, std::string_view value);
  void bind(int index, const std::string& value) { bind(index, std::string_view(value)); }
  void bind(int index, const char* value) { bind(index, std::string_view(value)); }
  void bind(int index, std::int64_t value);
  void bind(int index, int value) { bind(index, static_cast<std::int64_t>(value)); }
  void bind(int index, bool value) { bind(index, static_cast<std::int64_t>(value)); }
  void bind(int index, double value);
  void bind(int index, const std::optional<std::string>& value);

  const Database* database_;
  Handle<sqlite3_stmt, sqlite3_finalize> statement_;
};

/// A connection to a SQLite file. Every failure throws BatchError(catalogueUnusable) with the
/// file's name and SQLite's message; a full disk throws BatchError(diskFull). One thread at a time.
class Database {
 public:
  explicit Database(const std::filesystem::path& file);
  void execute(const std::string& sql) const;
  std::int64_t integer(const std::string& sql) const;
  std::int64_t lastRow() const;
  int changes() const;

  /// Throws for a result code of the library.
  [[noreturn]] void fail(std::string_view doing) const;
  [[noreturn]] void fail(std::string_view doing, std::string_view why) const;
  sqlite3* handle() const { return handle_.get(); }

 private:
  std::filesystem::path file_;
  Handle<sqlite3, sqlite3_close_v2> handle_;
};

/// Rolls back unless commit() was called.
class DatabaseTransaction {
 public:
  enum class Kind { write, read };
  explicit DatabaseTransaction(const Database& database, Kind kind = Kind::write);
  ~DatabaseTransaction();
  DatabaseTransaction(const DatabaseTransaction&) = delete;
  DatabaseTransaction& operator=(const DatabaseTransaction&) = delete;
  void commit();

 private:
  const Database& database_;
  bool open_ = true;
};

}  // namespace sohoa
