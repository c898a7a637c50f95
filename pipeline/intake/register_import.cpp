#include "pipeline/intake/register_import.h"

#include <cerrno>
#include <fstream>

#include "core/durable.h"
#include "pipeline/site/site_lock.h"
#include "storage/catalogue/catalogue_rebuild.h"
#include "storage/ledger/ledger.h"
#include "storage/register/register_merge.h"
#include "storage/register/register_sorter.h"
#include "storage/repository/repository.h"

namespace sohoa {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kImported = "register.imported";
constexpr std::string_view kChanged = "register.changed";
/// Rows per ledger entry: few enough to be readable, many enough that a million rows do not need a
/// million entries.
constexpr int kRowsOfAnEntry = 200;

/// Work files; removed at the end of the scope.
class WorkFolder {
 public:
  explicit WorkFolder(fs::path path) : path_(std::move(path)) {
    fs::remove_all(path_);  // left by a killed import
    fs::create_directories(path_);
  }
  ~WorkFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  WorkFolder(const WorkFolder&) = delete;
  WorkFolder& operator=(const WorkFolder&) = delete;
  fs::path operator/(const char* name) const { return path_ / name; }

 private:
  fs::path path_;
};

std::optional<fs::path> registerOf(const Repository& repository, int version) {
  if (version == 0) return std::nullopt;
  const auto files = repository.files(std::string(kRegisterObject), version);
  const auto found = files.find(std::string(kRegisterFile));
  if (found == files.end()) return std::nullopt;
  return found->second;
}

/// The register version for which catalogue and ledger are complete.
int followedVersion(const Ledger& ledger) {
  int version = 0;
  ledger.forEachWith("\"" + std::string(kImported) + "\"", [&](const LedgerEntry& entry) {
    const auto found = entry.details.find("version");
    if (entry.action == kImported && found != entry.details.end()) {
      version = std::atoi(found->second.c_str());
    }
  });
  return version;
}

/// Reads the rows of a file, sorted by code, each code once.
class Incoming {
 public:
  Incoming(const fs::path& file, const RegisterOptions& options, const fs::path& work,
           const RegisterImportListener& listener, RegisterImport& done)
      : sorter_(work), listener_(listener), done_(done) {
    RegisterReader reader(file, options);
    while (auto row = reader.next([this](RegisterProblem what) { leaveOut(std::move(what)); })) {
      sorter_.add(std::move(*row));
    }
    columns_ = reader.columns();
    done_.sheet = reader.sheet();
    done_.otherSheets = reader.otherSheets();
    waiting_ = sorter_.next();
  }
  RegisterColumns columns() const { return columns_; }
  std::optional<RegisterRow> next() {
    if (!waiting_) return std::nullopt;
    RegisterRow row = std::move(waiting_->row);
    for (waiting_ = sorter_.next(); waiting_ && waiting_->row.dossierCode == row.dossierCode;
         waiting_ = sorter_.next()) {
      if (waiting_->row != row) leaveOut({waiting_->line, kSameCodeOtherContent, row.dossierCode});
    }
    done_.excluded += row.excludedReason.empty() ? 0 : 1;
    return row;
  }

 private:
  void leaveOut(RegisterProblem problem) {
    ++done_.leftOut;
    if (listener_.problem) listener_.problem(std::move(problem));
  }
  RegisterSorter sorter_;
  const RegisterImportListener& listener_;
  RegisterImport& done_;
  RegisterColumns columns_;
  std::optional<RegisterReader::Row> waiting_;
};

/// Ledger entries for the changed rows between two versions of the register, several rows per
/// entry.
class ChangeEntries {
 public:
  ChangeEntries(const std::optional<fs::path>& before, const fs::path& after, LedgerEntry pattern)
      : merge_(before, rowsOf(after)), pattern_(std::move(pattern)) {
    pattern_.action = kChanged;
  }
  std::optional<LedgerEntry> next() {
    LedgerEntry entry = pattern_;
    for (int rows = 0; rows < kRowsOfAnEntry;) {
      const auto row = merge_.next();
      if (!row && rows == 0) return std::nullopt;
      if (!row) break;
      // added rows are in register.csv, whose hash is recorded
      if (!row->before || !row->changed()) continue;
      entry.details[row->after.dossierCode] = describeChange(*row->before, row->after);
      ++rows;
    }
    return entry;
  }

 private:
  RegisterMerge merge_;
  LedgerEntry pattern_;
};

void tell(const RegisterMerge::Row& row, RegisterImport& done,
          const RegisterImportListener& listener) {
  if (!row.before) {
    ++done.change.added;
    if (listener.added) listener.added(row.after);
  } else if (row.changed()) {
    ++done.change.updated;
    if (listener.updated) listener.updated(*row.before, row.after);
  }
}

/// Writes the merged register; without a file it only counts.
void merge(RegisterMerge& rows, const std::optional<fs::path>& to, RegisterImport& done,
           const RegisterImportListener& listener) {
  std::ofstream out;
  if (to) out.open(*to, std::ios::binary);
  if (to) out << registerCsvHeader();
  std::int64_t count = 0;
  while (const auto row = rows.next()) {
    tell(*row, done, listener);
    if (to) out << registerCsvLine(row->after);
    ++count;
  }
  out.close();
  if (to && !out)
    throw BatchError(errno == ENOSPC ? Cause::diskFull : Cause::diskError, to->string());
}

class Import {
 public:
  Import(const Site& site, const fs::path& file, const RegisterImportOptions& options)
      : site_(site), file_(file), options_(options), clock_(site.clock()) {}

  RegisterImport run(const RegisterImportListener& listener) {
    const SiteLock lock(site_);
    const WorkFolder work(site_.work() / ".register");
    Repository repository = Repository::open(site_.repository());
    Ledger ledger(site_.ledger());
    const int head = repository.head(std::string(kRegisterObject)).value_or(0);
    const auto before = registerOf(repository, head);
    RegisterImport done;
    Incoming incoming(file_, options_.reading, work / "runs", listener, done);
    std::int64_t rows = 0;
    RegisterMerge merged(
        before,
        [&] {
          auto row = incoming.next();
          rows += row ? 1 : 0;
          return row;
        },
        incoming.columns());
    const fs::path after = work / "register.csv";
    merge(merged, options_.dryRun ? std::nullopt : std::optional(after), done, listener);
    done.change.unchanged = static_cast<int>(rows) - done.change.added - done.change.updated;
    done.version = head;
    if (options_.dryRun) return done;
    const bool same = before && sha512OfFile(*before) == sha512OfFile(after);
    if (!same) {
      const VersionInfo info{clock_->now(), "register import", options_.person, "urn:sohoa:site"};
      done.version = repository.commit(std::string(kRegisterObject), head,
                                       {{std::string(kRegisterFile), after, ""}}, info);
    }
    follow(repository, ledger, done);
    return done;
  }

 private:
  /// Updates catalogue and ledger to the repository's version, including versions of imports that
  /// were killed.
  void follow(const Repository& repository, Ledger& ledger, const RegisterImport& done) {
    const int followed = followedVersion(ledger);
    const auto newest = registerOf(repository, done.version);
    if (done.version > followed && newest) {
      RegisterMerge rows(registerOf(repository, followed), rowsOf(*newest));
      const auto catalogue = site_.catalogue().open();
      catalogue->importRegister([&]() -> std::optional<RegisterRow> {
        while (auto row = rows.next()) {
          if (row->changed()) return std::move(row->after);
        }
        return std::nullopt;
      });
    }
    LedgerEntry entry;
    entry.at = clock_->now();
    entry.actor = options_.person;
    entry.subject = file_.filename().string();
    for (int version = followed + 1; version <= done.version; ++version) {
      entry.details = {{"version", std::to_string(version)}};
      const auto to = registerOf(repository, version);
      if (!to) continue;
      ChangeEntries entries(registerOf(repository, version - 1), *to, entry);
      ledger.appendAll([&] { return entries.next(); });
    }
    entry.action = kImported;
    entry.details = {{"file_sha512", sha512OfFile(file_).hex()},
                     {"added", std::to_string(done.change.added)},
                     {"updated", std::to_string(done.change.updated)},
                     {"unchanged", std::to_string(done.change.unchanged)},
                     {"left_out", std::to_string(done.leftOut)},
                     {"excluded", std::to_string(done.excluded)},
                     {"version", std::to_string(done.version)}};
    if (newest) entry.details["register_sha512"] = sha512OfFile(*newest).hex();
    ledger.append(std::move(entry));
  }

  const Site& site_;
  const fs::path& file_;
  const RegisterImportOptions& options_;
  std::unique_ptr<Clock> clock_;
};

}  // namespace

RegisterOptions registerOptions(const RegisterConfig& config) {
  RegisterOptions options;
  options.encoding =
      config.encoding == "windows-1258" ? TextEncoding::windows1258 : TextEncoding::utf8;
  options.sheet = config.sheet;
  options.columns = config.columns;
  return options;
}

RegisterImport importRegister(const Site& site, const fs::path& file,
                              const RegisterImportOptions& options,
                              const RegisterImportListener& listener) {
  return Import(site, file, options).run(listener);
}

}  // namespace sohoa
