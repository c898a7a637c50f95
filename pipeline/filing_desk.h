#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/clock.h"
#include "pipeline/dossier_documents.h"
#include "pipeline/gate.h"
#include "pipeline/shared_work.h"
#include "pipeline/site.h"
#include "pipeline/worker_process.h"
#include "signing/key.h"
#include "signing/pades.h"
#include "storage/catalogue.h"
#include "storage/ledger.h"
#include "storage/repository.h"

namespace sohoa {

/// One dossier on its way: where its scans lie and what is known of it.
struct Docket {
  Docket() = default;
  Docket(Docket&&) = default;  // pages point into item.files, which a copy would leave behind
  Docket& operator=(Docket&&) = default;
  std::string batch;
  Time receivedAt{};
  IntakeItem item;
  std::filesystem::path scans;  ///< its folder (or the stray file)
  std::filesystem::path work;   ///< its work files: readings/, PDFs being made
  std::optional<ReviewDecision> decision;  ///< set when it comes from review
  FieldMap keyed;  ///< fields that a person keyed in there
  std::vector<PageAttempt> pages;          ///< all pages that are to be packaged, in order
  std::vector<std::filesystem::path> readings;  ///< file of each page's reading, same order
  std::optional<SharedWork::Job> job;  ///< where several hosts share the work
};

/// Packages, signs, checks and files dossiers, and puts aside those that cannot be filed. The only
/// holder of the agency's key, of the catalogue and of the ledger during a run. One thread uses it.
class FilingDesk {
 public:
  struct Parts {
    const Site& site;
    const Clock& clock;
    const SigningKey& key;
    Repository& repository;
    Catalogue& catalogue;
    Ledger& ledger;
    WorkerProcess& assistant;  ///< packages and checks; holds no key
    EngineInfo engine;
    SigningServices services;  ///< for levels above B-B
    const SharedWork* shared = nullptr;  ///< asked before each step that others would see
  };
  /// `known` are the ledger entries of batches that a killed run left behind, as ledgerKey gives
  /// them: they are not written twice.
  FilingDesk(Parts parts, std::set<std::string> known);
  /// More of them, of a dossier that is taken over from a dead host.
  void learn(std::set<std::string> known) { known_.merge(known); }

  /// Whether these very scans, or others under the same code, are filed already.
  enum class Presence { none, same, different };
  Presence presence(const IntakeItem& item) const;

  /// What a person must settle about the fields of the document before it is signed: contradictions
  /// with the register, numbers and days filled in by hand. Nothing for scans that are filed already.
  std::vector<ItemError> doubts(const Docket& docket) const;
  /// Everything from the PDF to the ledger entry. Idempotent: filing the same scans again finds them
  /// filed. The error says why the dossier must wait for a person. Throws BatchError.
  Result<Outcome> file(const Docket& docket);
  /// Puts a dossier aside: into quarantine when one of the problems asks for it or a dossier of its
  /// code is waiting already, else on the review shelf. Records the decision, then moves the scans.
  Outcome putAside(const Docket& docket, const std::vector<ItemError>& problems);
  /// Leaves a dossier where it is until a server outside answers again: the next run files it.
  Outcome park(const Docket& docket, const ItemError& why);
  /// What follows filing: the scans leave intake or review, the work files go.
  void clear(const Docket& docket);
  /// A ledger entry by the batch itself, written once however often it is asked for.
  void log(const std::string& action, const std::string& subject,
           std::map<std::string, std::string> details);

  static std::string ledgerKey(const LedgerEntry& entry);

 private:
  Result<DocumentRecord> digitise(const Docket& docket, const DossierDocument& planned);
  /// Signs the PDF/A just made, or takes it as it is where its kind is not signed.
  Result<void> finish(const Docket& docket, DocumentRecord& document,
                      const std::filesystem::path& made);
  Result<DocumentRecord> asReceived(const Docket& docket, const IntakeFile& file,
                                    const DossierDocument& planned);
  /// `ifItFails` is the cause when the worker that checks dies of it.
  Result<CheckJob::Reply> check(const std::filesystem::path& file, Cause ifItFails,
                                bool justMade = false);
  Result<void> requireUnchanged(const Docket& docket) const;
  Result<std::vector<DossierDocument>> documentsOf(const Docket& docket) const;
  /// Cuts the places in question out of the scans, for `review show`.
  void cutOut(const Docket& docket, const std::vector<ItemError>& problems);
  DossierRecord makeRecord(const Docket& docket, const std::vector<DossierDocument>& planned,
                           std::vector<DocumentRecord> documents) const;
  int commit(const Docket& docket, const std::vector<DossierDocument>& planned,
             const DossierRecord& record, int head);
  void enter(const Docket& docket, const DossierRecord& record, int version);
  Outcome record(const Docket& docket, Outcome::Kind kind, const ItemError* why);
  Outcome hold(const Docket& docket, const std::vector<ItemError>& problems);
  Outcome quarantine(const Docket& docket, const ItemError& why);

  /// Throws BatchError(leaseLost) when another host may have taken the dossier over: asked before
  /// each step that leaves something, since this host may have stood still in between.
  void requireOurs() const {
    if (parts_.shared) parts_.shared->requireAlive();
  }

  Parts parts_;
  std::set<std::string> known_;
};

}  // namespace sohoa
