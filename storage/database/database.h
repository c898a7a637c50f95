#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "core/result.h"

namespace sohoa {

enum class Engine { sqlite, postgres };

/// What an engine does for one statement. Columns and parameters count from 0.
class EngineStatement {
 public:
  virtual ~EngineStatement() = default;
  /// Forgets results and values.
  virtual void reset() = 0;
  virtual void bindText(int parameter, std::string_view value) = 0;
  virtual void bindInteger(int parameter, std::int64_t value) = 0;
  virtual void bindNull(int parameter) = 0;
  /// Executes on the first call; false after the last row.
  virtual bool next() = 0;
  virtual std::string text(int column) const = 0;
  virtual std::int64_t integer(int column) const = 0;
  virtual bool isNull(int column) const = 0;
};

/// A connection to the catalogue's database. SQL is written once for both engines: parameters are
/// `?1`, `?2` …, truth values are the integers 0 and 1, days and times are ISO text. Every failure
/// throws BatchError(catalogueUnusable) with the database's name and the engine's message; a full
/// disk throws BatchError(diskFull). One thread at a time.
class Database {
 public:
  virtual ~Database() = default;
  virtual Engine engine() const = 0;
  /// One or more statements without parameters or results.
  virtual void execute(const std::string& sql) const = 0;
  virtual std::unique_ptr<EngineStatement> prepare(std::string_view sql) const = 0;
  /// File, or address without a password.
  virtual std::string name() const = 0;
  virtual void begin(bool write) const = 0;
  /// Never throws: for destructors.
  virtual void rollBack() const noexcept = 0;

  /// The first column of the only row.
  std::int64_t integer(const std::string& sql) const;
  [[noreturn]] void fail(std::string_view doing, std::string_view why) const;
};

/// A SQLite file; made when missing.
std::unique_ptr<Database> openSqlite(const std::string& file);
/// A schema of a PostgreSQL database, "postgresql://…" as libpq reads it. `schema`: small letters
/// and '_' only; need not be there yet.
std::unique_ptr<Database> openPostgres(const std::string& address,
                                       const std::string& schema = "sohoa");

/// A statement that can be executed any number of times with other values.
class Statement {
 public:
  Statement(const Database& database, std::string_view sql) : engine_(database.prepare(sql)) {}

  /// Executes a statement that returns no rows.
  template <class... Values>
  void run(const Values&... values) {
    start(values...);
    while (next()) {
    }
    reset();
  }
  /// Binds the values; rows follow with next().
  template <class... Values>
  void start(const Values&... values) {
    reset();
    int parameter = 0;
    (bind(parameter++, values), ...);
  }
  void bind(int parameter, std::string_view value) { engine_->bindText(parameter, value); }
  void bind(int parameter, const std::string& value) { engine_->bindText(parameter, value); }
  void bind(int parameter, const char* value) { engine_->bindText(parameter, value); }
  void bind(int parameter, std::int64_t value) { engine_->bindInteger(parameter, value); }
  void bind(int parameter, int value) { engine_->bindInteger(parameter, value); }
  void bind(int parameter, bool value) { engine_->bindInteger(parameter, value ? 1 : 0); }
  void bind(int parameter, const std::optional<std::string>& value) {
    value ? engine_->bindText(parameter, *value) : engine_->bindNull(parameter);
  }
  bool next() { return engine_->next(); }
  void reset() { engine_->reset(); }

  std::string text(int column) const { return engine_->text(column); }
  std::int64_t integer(int column) const { return engine_->integer(column); }
  std::optional<std::string> textOrNull(int column) const {
    if (engine_->isNull(column)) return std::nullopt;
    return engine_->text(column);
  }

 private:
  std::unique_ptr<EngineStatement> engine_;
};

/// Rolls back unless commit() was called.
class DatabaseTransaction {
 public:
  enum class Kind { write, read };  ///< a read transaction sees the database as of one moment
  explicit DatabaseTransaction(const Database& database, Kind kind = Kind::write);
  ~DatabaseTransaction();
  DatabaseTransaction(const DatabaseTransaction&) = delete;
  DatabaseTransaction& operator=(const DatabaseTransaction&) = delete;
  void commit();

 private:
  const Database& database_;
  bool open_ = true;
};

/// Thrown by an engine that ended a statement because another connection was in its way. Where
/// nobody tries again it is a catalogue that cannot be used.
struct TransactionConflict : BatchError {
  explicit TransactionConflict(std::string why)
      : BatchError(Cause::catalogueUnusable, std::move(why)) {}
};

/// Does `work` in a write transaction, again when another connection was in its way: engines end
/// one of two transactions that wait for each other.
void transact(const Database& database, const std::function<void()>& work);

}  // namespace sohoa
