#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/record.h"
#include "storage/database/job_queue.h"

namespace sohoa {

/// What became of one dossier folder of a batch.
struct Outcome {
  /// A waiting dossier is still in intake (or accepted in review): it has no row in the catalogue.
  enum class Kind { filed, held, quarantined, waiting };
  std::string batch, folder;  ///< folder name as it came in
  std::string code;           ///< dossier code; the folder name when it is none
  Kind kind = Kind::filed;
  std::string cause;   ///< cause code when held or quarantined
  std::string detail;  ///< file, page …
  int pages = 0;
  Time at{};
};
std::string_view nameOf(Outcome::Kind kind);

struct SearchHit {
  std::string dossierCode, documentCode, title;
  int page = 0;
  std::string snippet;  ///< the words found are between '[' and ']'
  std::string status;   ///< of the document on SearchFilter::today; without it as last set
};

/// Narrows a search; what is empty does not. A document is dated by the register's result_date,
/// else by the date read or keyed in from it, else by the day its dossier was received.
struct SearchFilter {
  std::string unit, procedureCode;  ///< exactly as in the register
  std::optional<Day> from, to;      ///< both included
  std::string status;  ///< of the result: "in_force", "expired", "withdrawn", "replaced"
  /// The day of the question; without one, a result in force whose term has ended still counts as
  /// in force.
  std::optional<Day> today;
  bool empty() const {
    return unit.empty() && procedureCode.empty() && status.empty() && !from && !to;
  }
};

/// Whole numbers only; ratios are the reader's.
struct ReportRow {
  std::string group;          ///< unit, procedure code, month "2021-09", or "" for all
  std::int64_t received = 0;  ///< dossiers in the register received in the period: the denominator
  std::int64_t receivedPaper = 0;
  std::int64_t resolved = 0;   ///< of the received, those with a resolution date
  std::int64_t digitised = 0;  ///< of the received, filed and counted: the numerator
  std::int64_t digitisedPaper = 0;
  std::int64_t filedNotCounted = 0;
  std::int64_t pages = 0;  ///< in the digitised dossiers
};
enum class Grouping { none, unit, procedure, month };

/// Of the received dossiers of a group, those that the register says are not to be digitised, by
/// reason (RegisterRow::excludedReason).
struct ExcludedCount {
  std::string group, reason;
  std::int64_t count = 0;
  bool operator==(const ExcludedCount&) const = default;
};

/// A dossier behind a figure of a report.
struct ReportMember {
  RegisterRow row;
  bool filed = false, counted = false;
  std::string object;  ///< identifier in the repository when filed
  int pages = 0;
};

struct RegisterChange {
  int added = 0, updated = 0, unchanged = 0;
};

/// What is filed and what was registered, for questions that need an answer in milliseconds.
/// Rebuilt from the repository at any time; a row never names an object that is not on disk.
/// Not thread-safe; open one per thread. Every function throws BatchError(catalogueUnusable).
class Catalogue {
 public:
  virtual ~Catalogue() = default;

  /// Adds what is new and corrects what is known, all or nothing. `changed` is told of every row
  /// that differs, with the row before it where there was one.
  using RegisterSource = std::function<std::optional<RegisterRow>()>;
  using RegisterWitness =
      std::function<void(const std::optional<RegisterRow>& before, const RegisterRow& after)>;
  virtual RegisterChange importRegister(const RegisterSource& next,
                                        const RegisterWitness& changed = {}) = 0;
  RegisterChange importRegister(const std::vector<RegisterRow>& rows);
  virtual std::optional<RegisterRow> registered(const std::string& dossierCode) const = 0;
  virtual std::int64_t registerSize() const = 0;
  /// Every row, by code: what the repository keeps as register.csv.
  virtual void forEachRegistered(const std::function<void(const RegisterRow&)>& visit) const = 0;

  /// Records a committed version; one text per page of each document for the search index. Doing
  /// it again for the same version changes nothing; an older version than the newest known is
  /// added to the history only.
  struct DocumentText {
    std::string documentCode;
    std::vector<std::string> pages;
  };
  virtual void recordFiled(const DossierRecord& record, int version,
                           const std::vector<DocumentText>& texts) = 0;
  struct FiledDossier {
    DossierRecord record;
    int version = 0;
  };
  virtual std::optional<FiledDossier> filed(const std::string& dossierCode) const = 0;

  virtual void recordOutcome(const Outcome& outcome) = 0;
  /// Newest outcome of every dossier folder; all batches when `batch` is empty.
  virtual std::vector<Outcome> outcomes(const std::string& batch = {}) const = 0;

  /// Work that several hosts share; SQLite's is for the processes of one host.
  virtual JobQueue& jobs() = 0;

  /// Words, prefix* or "phrases", all of which must be on one page; one hit per document, best
  /// first. A word typed with diacritics finds only words that have them (đất: not dat), one typed
  /// without finds both. Hit page 0: found in the description (codes, title, fields), on no sheet.
  /// A filter without words finds every document it fits, the newest first.
  virtual std::vector<SearchHit> search(const std::string& query, int limit,
                                        const SearchFilter& filter) const = 0;
  std::vector<SearchHit> search(const std::string& query, int limit) const {
    return search(query, limit, {});
  }
  /// Dossiers received from `from` to `to`, both days included; groups in order of their names,
  /// without empty ones. Grouping::none gives exactly one row.
  virtual std::vector<ReportRow> report(Day from, Day to, Grouping grouping) const = 0;
  /// What is not to be digitised, counted apart; in order of group and reason, without zeros.
  virtual std::vector<ExcludedCount> excluded(Day from, Day to, Grouping grouping) const = 0;
  /// The dossiers behind a row of report(), by code.
  virtual std::vector<ReportMember> membersOf(Day from, Day to, Grouping grouping,
                                              const std::string& group) const = 0;
  /// Every row in a canonical order, one JSON array per line, for proving that a rebuild is equal:
  /// register, dossiers, filings, documents, pages with their text and a fingerprint of what the
  /// search index holds for them. Outcomes are left out: they tell what happened to scans, of which
  /// the repository, rightly, knows only those filed.
  virtual void forEachDumpLine(const std::function<void(const std::string&)>& visit) const = 0;
  std::string dump() const;
};

/// SQLite file; made when missing. Throws BatchError(catalogueUnusable) for a foreign file, a
/// newer schema or a damaged one.
std::unique_ptr<Catalogue> openSqliteCatalogue(const std::filesystem::path& file);

/// A PostgreSQL database ("postgresql://host/name", as libpq reads it), in a schema of its own,
/// which is made when missing. Throws BatchError(catalogueUnusable) when it cannot be reached, or
/// the schema belongs to another program or is newer.
std::unique_ptr<Catalogue> openPostgresCatalogue(const std::string& address,
                                                 const std::string& schema = "sohoa");

}  // namespace sohoa
