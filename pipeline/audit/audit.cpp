#include "pipeline/audit/audit.h"

#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <thread>

#include "core/durable.h"
#include "core/record.h"
#include "core/result.h"
#include "pipeline/audit/catalogue_compare.h"
#include "pipeline/audit/fixity_schedule.h"
#include "pipeline/audit/ledger_anchor.h"
#include "pipeline/batch/batch.h"
#include "pipeline/intake/document_plan.h"
#include "signing/verify/verify.h"
#include "storage/catalogue/catalogue.h"
#include "storage/catalogue/catalogue_rebuild.h"
#include "storage/catalogue/dossier_object.h"
#include "storage/ledger/ledger.h"
#include "storage/repository/repository.h"
#include "storage/validator/validator.h"

namespace sohoa {
namespace {

namespace fs = std::filesystem;

/// Whether an OCFL finding is about a file that does not match its digest or cannot be read.
bool isFaultyFile(const OcflFinding& finding) {
  return finding.code == "E092" || finding.code == "E093" || finding.code == "E060";
}

class Audit {
 public:
  Audit(const Site& site, bool full, const std::function<void(const AuditFinding&)>& found)
      : site_(site), full_(full), found_(found), repository_(Repository::open(site.repository())) {}

  AuditSummary run() {
    const FixityRound::Share share =
        full_ ? FixityRound::Share{} : round_.due(now_, site_.config().audit.everyDays);
    for (const OcflFinding& finding : repository_.validateRoot()) report(finding, "");
    repository_.forEach(
        [&](const std::string& id) {
          reads_ = share.holds(FixityRound::placeOf(repository_.objectPath(id)));
          checkObject(id);
        },
        [&](const fs::path& object, const std::string& why) {
          ++summary_.objects;
          report({"object", object.lexically_relative(site_.repository()).string(), why, false});
          for (const OcflFinding& finding : validateOcflObject(object)) {
            report(finding, object.filename().string());
          }
        });
    round_.read(share, now_);
    saveRound();
    checkLedger();
    checkCatalogue();
    checkBatches();
    return summary_;
  }

 private:
  void report(AuditFinding finding) {
    ++(finding.warning ? summary_.warnings : summary_.errors);
    found_(finding);
  }
  void report(const OcflFinding& finding, const std::string& id) {
    if (!id.empty() && isFaultyFile(finding) && summary_.faultyFiles.size() < kMostFaultyFiles) {
      const fs::path file = site_.repository() / repository_.objectPath(id) / finding.where;
      summary_.faultyFiles.push_back({file.filename().string(), id, site_.config().archive.medium,
                                      file.parent_path().string(),
                                      finding.code + " " + finding.what, now_});
    }
    report({finding.code, id.empty() ? finding.where : id + ": " + finding.where, finding.what,
            finding.warning()});
  }

  void checkObject(const std::string& id) {
    ++summary_.objects;
    if (reads_) readObject(id);
    if (!id.starts_with(kDossierObjectPrefix)) return;
    try {
      const auto files = repository_.files(id);
      const auto metadata = files.find("metadata.json");
      if (metadata == files.end()) return report({"pages", id, "metadata.json is missing", false});
      const DossierRecord record = readRecord(metadata->second);
      checkRecord(id, record, files);
      Filed& filed = filed_[id];
      filed.head = repository_.head(id).value_or(0);
      state(id, record, filed.head, filed);
      for (int version = 1; version < filed.head; ++version) {
        const auto earlier = repository_.files(id, version);
        const auto described = earlier.find("metadata.json");
        if (described == earlier.end()) continue;
        state(id, readRecord(described->second), version, filed);
      }
    } catch (const std::exception& error) {
      report({"pages", id, error.what(), false});
    }
  }

  /// Reads every byte of an object, no faster than the configured rate.
  void readObject(const std::string& id) {
    for (const OcflFinding& finding : repository_.validateObject(id)) report(finding, id);
    std::error_code error;
    for (const auto& entry :
         fs::recursive_directory_iterator(site_.repository() / repository_.objectPath(id), error)) {
      if (entry.is_regular_file(error)) summary_.bytesRead += entry.file_size(error);
    }
    ++summary_.objectsRead;
    if (full_) return;
    const std::chrono::duration<double> least(static_cast<double>(summary_.bytesRead) /
                                              (site_.config().audit.megabytesPerSecond * 1e6));
    std::this_thread::sleep_until(started_ +
                                  std::chrono::duration_cast<std::chrono::nanoseconds>(least));
  }

  void saveRound() {
    summary_.coveredShare = round_.covered();
    summary_.oldestRead = round_.oldest();
    try {
      round_.save(site_.state() / "fixity.json");
    } catch (const BatchError& error) {
      // The auditor may not write to the site: the audit is valid, but its progress is not
      // recorded.
      report({"fixity", (site_.state() / "fixity.json").string(), error.detail(), true});
    }
  }

  void checkRecord(const std::string& id, const DossierRecord& record,
                   const std::map<std::string, fs::path>& files) {
    if (id != std::string(kDossierObjectPrefix) + record.code) {
      report({"pages", id, "metadata.json is of dossier " + record.code, false});
    }
    std::map<std::string, std::vector<int>> packaged;  // original -> its pages found in documents
    for (const DocumentRecord& document : record.documents) {
      ++summary_.documents;
      for (const PageRecord& page : document.pages) {
        ++summary_.pages;
        packaged[page.original].push_back(page.originalPage);
        // A rescanned page counts for its first image, which is kept.
        if (const auto comma = page.replaces.rfind(", "); comma != std::string::npos) {
          packaged[page.replaces.substr(0, comma)].push_back(
              std::atoi(page.replaces.c_str() + comma + 2));
        }
      }
      checkFile(id, document.file, document.bytes, document.sha512, files);
      if (reads_) checkSignatures(id, document, files);
    }
    for (const OriginalFile& original : record.originals) {
      checkFile(id, "originals/" + original.name, original.bytes, original.sha512, files);
      // pipeline/README.md, invariant 4: every page that came in is in a document, once, in order.
      std::vector<int> expected;
      // Separator sheets are in no document.
      for (int page = 1; page <= original.pages && !original.separator; ++page)
        expected.push_back(page);
      if (packaged[original.name] != expected) {
        report({"pages", id,
                fmt::format("the pages of {} are not all in a document", original.name), false});
      }
    }
  }

  /// What the ledger recorded when versions were filed: digests of inventory, documents and
  /// originals.
  struct Filed {
    int head = 0;
    std::vector<std::uint64_t> stated;
  };
  static std::uint64_t statement(int version, const std::string& name, const std::string& digest) {
    const Sha512 hash = sha512(fmt::format("{}/{}={}", version, name, digest));
    // eight bytes suffice to tell them apart, and are few enough to keep for every object
    std::uint64_t number = 0;
    for (int i = 0; i < 8; ++i) number = number << 8 | hash.bytes[static_cast<std::size_t>(i)];
    return number;
  }
  void state(const std::string& id, const DossierRecord& record, int version, Filed& filed) const {
    filed.stated.push_back(
        statement(version, "inventory", repository_.inventoryDigest(id, version).hex()));
    filed.stated.push_back(
        statement(version, "originals", contentFingerprint(record.originals).hex()));
    for (const DocumentRecord& document : record.documents) {
      filed.stated.push_back(statement(version, document.file, document.sha512.hex()));
    }
  }
  /// Detects changes made consistently to file, inventories and sidecars: they do not change the
  /// ledger.
  void checkStated(const LedgerEntry& entry, const std::string& id, int version) {
    const auto filed = filed_.find(id);
    if (filed == filed_.end()) return;  // reported as missing
    for (const auto& [name, digest] : entry.details) {
      if (name != "inventory" && name != "originals" && !name.starts_with("documents/")) continue;
      const auto& stated = filed->second.stated;
      if (std::find(stated.begin(), stated.end(), statement(version, name, digest)) != stated.end())
        continue;
      report({"ledger", id,
              fmt::format("entry {} states another hash of {} in version {}", entry.sequence, name,
                          version),
              false});
    }
  }

  void checkFile(const std::string& id, const std::string& logical, std::uint64_t bytes,
                 const Sha512& sha512, const std::map<std::string, fs::path>& files) {
    const auto file = files.find(logical);
    if (file == files.end()) return report({"pages", id, logical + " is missing", false});
    std::error_code error;
    if (fs::file_size(file->second, error) != bytes || error) {
      return report({"pages", id, logical + " has another size than metadata.json says", false});
    }
    if (reads_ && sha512OfFile(file->second) != sha512) {
      report({"pages", id, logical + " has another hash than metadata.json says", false});
    }
  }

  void checkSignatures(const std::string& id, const DocumentRecord& document,
                       const std::map<std::string, fs::path>& files) {
    if (packagedOnly(document)) return;
    const auto file = files.find(document.file);
    if (file == files.end()) return;
    // No network: a signature without embedded revocation data is judged without it.
    VerificationOptions options;
    options.at = options.now = now_;
    options.revocation = VerificationOptions::Revocation::available;
    const VerificationReport verified = verifyPdf(file->second, anchors_, options);
    const Indication now = verified.overall();
    if (now == Indication::totalPassed) return;
    // A document that came in signed may never have passed; only a change for the worse is an
    // error.
    const bool worse = document.verdict != nameOf(now);
    report({"signature", id, fmt::format("{}: {}", document.file, nameOf(now)), !worse});
  }

  void checkLedger() try {
    const Ledger ledger(site_.ledger());
    std::map<std::string, int> logged;
    AnchorCheck anchors(site_, anchors_);
    summary_.anchors = static_cast<std::int64_t>(anchors.count());
    const Ledger::Check chain = ledger.check([&](const LedgerEntry& entry) {
      anchors.see(entry);
      // The filing of a dossier, or a person's decision about a result: each made a version.
      const auto object = entry.details.find("object"), version = entry.details.find("version");
      if (object == entry.details.end() || version == entry.details.end()) return;
      int& newest = logged[object->second];
      newest = std::max(newest, std::atoi(version->second.c_str()));
      checkStated(entry, object->second, std::atoi(version->second.c_str()));
    });
    summary_.ledgerEntries = static_cast<std::int64_t>(chain.entries);
    for (const AnchorCheck::Problem& problem : anchors.finish(chain.entries)) {
      // After a broken link every later entry is missing as well.
      const bool follows = chain.firstBroken && problem.where.starts_with("entry");
      if (!follows) report({"anchor", problem.where, problem.what, false});
    }
    if (chain.firstBroken) {
      report({"ledger", fmt::format("entry {}", *chain.firstBroken), chain.problem, false});
      return;
    }
    for (const auto& [id, filed] : filed_) {
      if (logged[id] != filed.head)
        report({"ledger", id, "filed, but the ledger does not say so", false});
    }
    for (const auto& [id, version] : logged) {
      if (version > 0 && !filed_.contains(id)) {
        report(
            {"ledger", id, "the ledger says filed, but the repository has no such object", false});
      }
    }
  } catch (const BatchError& error) {
    if (error.cause() != Cause::ledgerBroken) throw;
    report({"ledger", site_.ledger().string(), error.detail(), false});
  }

  void checkCatalogue() {
    if (!site_.catalogue().exists()) {
      return report({"catalogue", site_.catalogue().name(), "there is no catalogue", false});
    }
    for (const std::string& difference : differencesFromRepository(site_, repository_)) {
      report({"catalogue", site_.catalogue().name(), difference, false});
    }
  }

  /// pipeline/README.md, invariant 2: filed + held + quarantined = received, except for unfinished
  /// batches.
  void checkBatches() {
    if (!site_.catalogue().exists()) return;  // opening would create one
    const auto catalogue = site_.catalogue().open();
    for (const auto& entry : fs::directory_iterator(site_.batches())) {
      if (entry.path().extension() != ".json") continue;
      ++summary_.batches;
      const Batch batch = batchFromJson(readFile(entry.path()));
      if (!fs::exists(site_.batches() / (batch.id + ".finished"))) continue;
      const auto outcomes = catalogue->outcomes(batch.id);
      if (outcomes.size() != batch.items.size()) {
        report({"batch", batch.id,
                fmt::format("{} dossiers came in, but {} have an outcome", batch.items.size(),
                            outcomes.size()),
                false});
      }
      for (const Outcome& outcome : outcomes) {
        const bool held = outcome.kind == Outcome::Kind::held;
        if (held && !fs::exists(site_.review() / outcome.code)) {
          report(
              {"batch", batch.id, outcome.code + " is held, but not on the review shelf", false});
        }
        if (outcome.kind == Outcome::Kind::filed &&
            !filed_.contains(std::string(kDossierObjectPrefix) + outcome.code)) {
          report({"batch", batch.id, outcome.code + " is filed, but not in the repository", false});
        }
      }
    }
  }

  const Site& site_;
  const bool full_;
  const std::function<void(const AuditFinding&)>& found_;
  Repository repository_;
  TrustAnchors anchors_ = TrustAnchors::fromFolder(site_.trust());
  Time now_ = site_.clock()->now();
  std::map<std::string, Filed> filed_;  ///< by object
  FixityRound round_ = FixityRound::load(site_.state() / "fixity.json");
  bool reads_ = false;  ///< whether every byte of the current object is read
  const std::chrono::steady_clock::time_point started_ = std::chrono::steady_clock::now();
  AuditSummary summary_;
};

}  // namespace

AuditSummary audit(const Site& site, bool full,
                   const std::function<void(const AuditFinding&)>& found) {
  return Audit(site, full, found).run();
}

}  // namespace sohoa
