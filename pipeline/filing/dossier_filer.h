#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "pipeline/filing/document_maker.h"
#include "pipeline/filing/filing_log.h"

namespace sohoa {

/// The answers of repository and register about a dossier whose pages have been read. Computed
/// once; the dossier is filed or held by it.
struct FilingPlan {
  /// Whether the same scans, or different ones under the same code, are already filed.
  enum class Presence { none, same, different } presence = Presence::none;
  /// Documents to make, with their fields; empty if the dossier could not be taken in.
  Result<std::vector<DossierDocument>> documents = std::vector<DossierDocument>{};
  /// Doubts that a person must settle about the fields before the document is signed:
  /// contradictions with the register, numbers and days filled in by hand. Empty for scans that are
  /// filed already.
  std::vector<ItemError> doubts;
};

/// Packages, signs, checks and files dossiers, and sets aside those that cannot be filed. Sole
/// holder of the agency's key, the catalogue and the ledger during a run. Used by one thread.
class DossierFiler {
 public:
  /// `known`: ledger entries of batches left by a killed run, as FilingLog::keyOf gives them. They
  /// are not written twice.
  DossierFiler(FilingContext context, std::set<std::string> known);
  DossierFiler(const DossierFiler&) = delete;  // its halves point at its context
  /// Adds the entries of a dossier that is taken over from a dead host.
  void addKnownEntries(std::set<std::string> known) { log_.addKnownEntries(std::move(known)); }

  using Presence = FilingPlan::Presence;
  Presence presence(const IntakeItem& item) const;
  /// Asks repository and register about a dossier whose pages have all been read.
  FilingPlan plan(const DossierTask& task) const;
  /// Does all steps from the PDF to the ledger entry. Idempotent: scans that are already filed are
  /// found filed. The error says why the dossier must be held. Throws BatchError.
  Result<Outcome> file(const DossierTask& task, const FilingPlan& plan);
  /// Sets a dossier aside: in quarantine when a problem requires it or a dossier of the same code
  /// is already held, else in review/. Records the decision, then moves the scans.
  Outcome putAside(const DossierTask& task, const FilingPlan& plan,
                   const std::vector<ItemError>& problems);
  /// Leaves a dossier in place until an external server answers again; the next run files it.
  Outcome park(const DossierTask& task, const ItemError& why);
  /// Clears up after filing: moves the scans out of intake or review, removes the work files.
  void clear(const DossierTask& task);
  /// Writes a ledger entry in the name of the batch; repeated calls write it once.
  void log(const std::string& action, const std::string& subject,
           std::map<std::string, std::string> details) {
    log_.append(action, subject, std::move(details));
  }

 private:
  Result<void> requireUnchanged(const DossierTask& task) const;
  std::vector<ItemError> doubts(const DossierTask& task,
                                const std::vector<DossierDocument>& documents) const;
  /// Cuts the places in question out of the scans, for `review show`.
  void cutOut(const DossierTask& task, const FilingPlan& plan,
              const std::vector<ItemError>& problems);
  Outcome hold(const DossierTask& task, const FilingPlan& plan,
               const std::vector<ItemError>& problems);
  Outcome quarantine(const DossierTask& task, const ItemError& why);

  FilingContext context_;
  FilingLog log_;  // log_ and maker_ refer to context_
  DocumentMaker maker_;
};

}  // namespace sohoa
