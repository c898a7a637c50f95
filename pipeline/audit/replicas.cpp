#include "pipeline/audit/replicas.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>

#include "core/durable.h"
#include "core/result.h"
#include "core/texts/json.h"
#include "pipeline/audit/ledger_copy.h"
#include "pipeline/site/site_lock.h"
#include "storage/ledger/ledger.h"
#include "storage/repository/repository.h"

namespace sohoa {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using Kind = Repository::Copied::Kind;

constexpr char kNote[] = "copy.json", kLedger[] = "ledger.jsonl";
constexpr int kFormat = 1;

bool sameFileSystem(const fs::path& a, const fs::path& b) {
  struct stat one {
  }, other{};
  return ::stat(a.c_str(), &one) == 0 && ::stat(b.c_str(), &other) == 0 &&
         one.st_dev == other.st_dev;
}

bool isInside(const fs::path& inner, const fs::path& outer) {
  const fs::path relative =
      fs::weakly_canonical(inner).lexically_relative(fs::weakly_canonical(outer));
  return !relative.empty() && *relative.begin() != "..";
}

[[noreturn]] void foreign(const fs::path& folder, const std::string& what) {
  throw BatchError(Cause::repositoryForeign, folder.string() + ": " + what);
}

json readNote(const fs::path& folder) {
  const fs::path file = folder / kNote;
  if (!fs::exists(file)) foreign(folder, "no copy.json: this is no copy of a site");
  const json note = parseJsonOrDiscard(readFile(file));
  if (!note.is_object() || note.value("format", 0) != kFormat)
    foreign(folder, "copy.json cannot be used");
  return note;
}

/// Allows one process at a time to work on a copy. Released when the process dies.
class ReplicaLock {
 public:
  explicit ReplicaLock(const fs::path& folder) {
    fd_ = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd_ < 0) throw BatchError(Cause::diskError, folder.string());
    if (::flock(fd_, LOCK_EX | LOCK_NB) != 0) {
      ::close(fd_);
      throw BatchError(Cause::siteBusy, folder.string());
    }
  }
  ~ReplicaLock() { ::close(fd_); }
  ReplicaLock(const ReplicaLock&) = delete;
  ReplicaLock& operator=(const ReplicaLock&) = delete;

 private:
  int fd_;
};

/// Whether the folder is empty, or holds only the temporary file of a call killed before copy.json
/// was renamed into place.
bool holdsNothing(const fs::path& folder) {
  return std::all_of(
      fs::directory_iterator(folder), fs::directory_iterator(), [](const auto& entry) {
        const std::string name = entry.path().filename().string();
        return entry.is_regular_file() && name.starts_with("." + std::string(kNote) + ".tmp");
      });
}

/// Checks that the folder can hold a copy of this site, and prepares it.
void prepare(const Site& site, const fs::path& folder) {
  if (isInside(folder, site.root()) || isInside(site.root(), folder)) {
    foreign(folder, "a copy may not lie in the site, nor the site in the copy");
  }
  createFoldersDurably(fs::absolute(folder));
  if (fs::exists(folder / kNote)) {
    (void)readNote(folder);
  } else if (!holdsNothing(folder)) {
    foreign(folder, "the folder holds something else");
  } else {
    writeFileDurably(folder / kNote,
                     jsonText(json{{"format", kFormat}, {"complete", false}}, 2) + "\n");
  }
  // A first call killed at this point leaves a storage root without its declaration.
  const fs::path root = folder / "repository";
  if (!fs::exists(root / "0=ocfl_1.1")) {
    std::error_code error;
    const bool untouched = !fs::exists(root / "inventory.json") &&
                           std::none_of(fs::directory_iterator(root, error),
                                        fs::directory_iterator(), [](const auto& entry) {
                                          const auto name = entry.path().filename();
                                          return entry.is_directory() && name != "extensions";
                                        });
    if (!untouched) foreign(root, "no file 0=ocfl_1.1, but folders");
    fs::remove_all(root);
    Repository::create(root);
  }
}

/// Copies objects in one direction and counts them.
class ObjectCopier {
 public:
  ObjectCopier(const Repository& from, Repository& to, ReplicaSummary& summary)
      : from_(from), to_(to), summary_(summary) {}

  Kind copy(const std::string& id) {
    const auto copied = to_.copyFrom(from_, id);
    if (copied.kind == Kind::added || copied.kind == Kind::extended) {
      ++summary_.copied;
      summary_.bytes += copied.bytes;
    }
    if (!copied.what.empty() && copied.kind != Kind::damagedHere) problem(id, wordsOf(copied));
    if (copied.kind == Kind::damagedHere) here_ = copied.what;
    return copied.kind;
  }
  void problem(const std::string& where, const std::string& what) {
    summary_.problems.push_back({where, what});
  }
  const std::string& here() const { return here_; }

 private:
  static std::string wordsOf(const Repository::Copied& copied) {
    return (copied.kind == Kind::differs ? "has another history: " : "is damaged: ") + copied.what;
  }
  const Repository& from_;
  Repository& to_;
  ReplicaSummary& summary_;
  std::string here_;
};

void copyAnchors(const fs::path& from, const fs::path& to, ReplicaSummary& summary) {
  std::error_code error;
  if (!fs::is_directory(from, error)) return;
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(from)) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  // Signatures first: a statement without its signature would be half an anchor.
  std::stable_partition(files.begin(), files.end(),
                        [](const fs::path& f) { return f.extension() != ".json"; });
  createFoldersDurably(fs::absolute(to));
  for (const fs::path& file : files) {
    const fs::path target = to / file.filename();
    const std::string bytes = readFile(file);
    if (!fs::exists(target)) {
      writeFileDurably(target, bytes);
    } else if (readFile(target) != bytes) {
      summary.problems.push_back(
          {"anchors/" + file.filename().string(), "is another one in the copy"});
    }
  }
}

/// Copies the settings needed to set the site up again around a copy; never a key.
void copySettings(const Site& site, const fs::path& folder) {
  const fs::path target = folder / "settings";
  const auto copy = [&](const fs::path& file, const fs::path& to) {
    std::error_code error;
    if (!fs::is_regular_file(file, error)) return;
    const std::string bytes = readFile(file);
    if (fs::exists(to) && readFile(to) == bytes) return;
    createFoldersDurably(fs::absolute(to).parent_path());
    writeFileDurably(to, bytes);
  };
  copy(site.root() / "sohoa.toml", target / "sohoa.toml");
  const fs::path& fields = site.config().archive.fields;
  if (!fields.empty()) copy(site.root() / fields, target / fields.filename());
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(site.trust(), error)) {
    copy(entry.path(), target / "trust" / entry.path().filename());
  }
}

void remember(const Site& site, const fs::path& folder, const ReplicaSummary& summary, Time at) {
  auto known = knownReplicas(site);
  const fs::path place = fs::canonical(folder);
  std::erase_if(known, [&](const KnownReplica& replica) { return replica.folder == place; });
  known.push_back({place, at, summary.objects, summary.sameDisk});
  json list = json::array();
  for (const KnownReplica& replica : known) {
    list.push_back({{"folder", replica.folder.string()},
                    {"complete_at", isoUtc(replica.completeAt)},
                    {"objects", replica.objects},
                    {"same_disk", replica.sameDisk}});
  }
  writeFileDurably(site.state() / "copies.json", jsonText(list, 2) + "\n");
}

/// Every object of `copy` must be in `site` with no fewer versions.
void compareCounts(const Repository& copy, const Repository& site, ReplicaSummary& summary) {
  copy.forEach(
      [&](const std::string& id) {
        ++summary.objects;
        const int there = copy.head(id).value_or(0);
        summary.versions += there;
        int here = 0;
        try {
          here = site.head(id).value_or(0);
        } catch (const BatchError& error) {
          if (error.cause() != Cause::repositoryDamaged) throw;
        }
        if (here < there) {
          summary.problems.push_back({id, std::to_string(there) + " versions in the copy, " +
                                              std::to_string(here) + " in the site"});
        }
      },
      [&](const fs::path& object, const std::string& why) {
        ++summary.objects;
        summary.problems.push_back({object.filename().string(), "is damaged in the copy: " + why});
      });
}

}  // namespace

ReplicaSummary replicate(const Site& site, const fs::path& folder, bool verify) {
  const auto clock = site.clock();
  const Repository from = Repository::open(site.repository());
  prepare(site, folder);
  const ReplicaLock lock(folder);
  const LedgerCopy ledger(site.ledger(), folder / kLedger);
  if (!ledger.continues()) {
    foreign(folder,
            "its ledger is not the beginning of this site's: the copy of another site, or a ledger "
            "that was rewritten or cut off");
  }
  Repository to = Repository::open(folder / "repository");
  ReplicaSummary summary;
  summary.sameDisk = sameFileSystem(site.repository(), folder);
  ObjectCopier copier(from, to, summary);
  const auto copyOne = [&](const std::string& id) {
    if (copier.copy(id) == Kind::damagedHere)
      copier.problem(id, "is damaged in the copy: " + copier.here());
  };
  from.forEach(
      [&](const std::string& id) {
        ++summary.objects;
        summary.versions += from.head(id).value_or(0);
        copyOne(id);
      },
      [&](const fs::path& object, const std::string& why) {
        ++summary.objects;
        copier.problem(object.filename().string(), "is damaged: " + why);
      });
  // For entries added meanwhile: copies the objects that they name before the entries themselves.
  ledger.bringUp([&](const LedgerEntry& entry) {
    const auto object = entry.details.find("object");
    if (object != entry.details.end()) copyOne(object->second);
  });
  copyAnchors(site.anchors(), folder / "anchors", summary);
  copySettings(site, folder);
  summary.ledgerEntries = static_cast<std::int64_t>(Ledger(folder / kLedger).check().entries);
  to.forEach(
      [&](const std::string& id) {
        if (!fs::exists(site.repository() / from.objectPath(id)))
          copier.problem(id, "is in the copy but not in the site");
        if (!verify) return;
        for (const OcflFinding& finding : to.validateObject(id)) {
          if (!finding.warning())
            copier.problem(id, "in the copy: " + finding.code + " " + finding.where);
        }
      },
      [&](const fs::path& object, const std::string& why) {
        copier.problem(object.filename().string(), "is damaged in the copy: " + why);
      });
  summary.complete = summary.problems.empty();
  const Time now = clock->now();
  writeFileDurably(folder / kNote, jsonText(json{{"format", kFormat},
                                                 {"agency", site.config().agency},
                                                 {"complete", summary.complete},
                                                 {"at", isoUtc(now)},
                                                 {"objects", summary.objects},
                                                 {"versions", summary.versions},
                                                 {"ledger_entries", summary.ledgerEntries}},
                                            2) +
                                       "\n");
  if (summary.complete) remember(site, folder, summary, now);
  return summary;
}

ReplicaSummary restore(const Site& site, const fs::path& folder) {
  const SiteLock siteLock(site);
  (void)readNote(folder);
  const ReplicaLock lock(folder);
  const Repository from = Repository::open(folder / "repository");
  if (!fs::exists(site.repository()) || fs::is_empty(site.repository()))
    Repository::create(site.repository());
  Repository to = Repository::open(site.repository());
  const LedgerCopy ledger(folder / kLedger, site.ledger());
  ReplicaSummary summary;
  ObjectCopier copier(from, to, summary);
  const std::string stamp = std::to_string(SystemClock().now().time_since_epoch().count());
  from.forEach(
      [&](const std::string& id) {
        Kind kind = copier.copy(id);
        if (kind == Kind::same || kind == Kind::newer || kind == Kind::extended) {
          // The inventories agree; only reading shows whether the content does.
          const auto findings = to.validateObject(id);
          if (std::any_of(findings.begin(), findings.end(),
                          [](const auto& f) { return !f.warning(); })) {
            kind = kind == Kind::newer ? Kind::differs : Kind::damagedHere;
            if (kind == Kind::differs)
              copier.problem(id, "is damaged, and newer than the copy: left as it is");
          }
        }
        if (kind != Kind::damagedHere) return;
        const auto theirs = from.validateObject(id);
        if (std::any_of(theirs.begin(), theirs.end(), [](const auto& f) { return !f.warning(); })) {
          return copier.problem(id, "is damaged in the site and in the copy");
        }
        to.setAside(id, site.state() / "damaged" / stamp / to.objectPath(id).filename());
        copier.copy(id);
      },
      [&](const fs::path& object, const std::string& why) {
        copier.problem(object.filename().string(), "is damaged in the copy: " + why);
      });
  if (fs::exists(folder / kLedger)) {
    const std::string problem = ledger.restore(site.state() / ("ledger.jsonl.broken-" + stamp));
    if (!problem.empty()) copier.problem("ledger", problem);
  }
  copyAnchors(folder / "anchors", site.anchors(), summary);
  if (fs::exists(site.ledger())) {
    summary.ledgerEntries = static_cast<std::int64_t>(Ledger(site.ledger()).check().entries);
  }
  const std::size_t before = summary.problems.size();
  compareCounts(from, to, summary);
  // Do not report a problem again that was reported while copying.
  if (before > 0 && summary.problems.size() > before) {
    std::vector<ReplicaProblem> kept;
    for (const ReplicaProblem& problem : summary.problems) {
      const bool known = std::any_of(kept.begin(), kept.end(), [&](const ReplicaProblem& other) {
        return other.where == problem.where;
      });
      if (!known) kept.push_back(problem);
    }
    summary.problems = std::move(kept);
  }
  summary.complete = summary.problems.empty();
  return summary;
}

std::vector<KnownReplica> knownReplicas(const Site& site) {
  std::vector<KnownReplica> replicas;
  std::error_code error;
  const fs::path file = site.state() / "copies.json";
  if (!fs::is_regular_file(file, error)) return replicas;
  const json list = parseJsonOrDiscard(readFile(file));
  if (!list.is_array()) return replicas;
  for (const json& entry : list) {
    const auto at = parseIsoTime(entry.value("complete_at", ""));
    if (!at) continue;
    replicas.push_back({entry.value("folder", ""), *at, entry.value("objects", std::int64_t{0}),
                        entry.value("same_disk", false)});
  }
  return replicas;
}

}  // namespace sohoa
