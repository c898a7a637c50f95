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
  /// Whether these very scans, or others under the same code, are filed already.
  enum class Presence { none, same, different } presence = Presence::none;
  /// The documents to make, with their fields; empty for a dossier that could not be taken in.
  Result<std::vector<DossierDocument>> documents = std::vector<DossierDocument>{};
  /// Doubts that a person must settle about the fields before the document is signed:
  /// contradictions with the register, numbers and days filled in by hand. Empty for scans that are
  /// filed already.
  std::vector<ItemError> doubts;
};

/// Packages, signs, checks and files dossiers, and puts aside those that cannot be filed. The only
/// holder of the agency's key, of the catalogue and of the ledger during a run. One thread uses it.
class DossierFiler {
 public:
  /// `known` are the ledger entries of batches that a killed run left behind, as FilingLog::keyOf
  /// gives them: they are not written twice.
  DossierFiler(FilingContext context, std::set<std::string> known);
  DossierFiler(const DossierFiler&) = delete;  // its halves point at its context
  /// Adds the entries of a dossier that is taken over from a dead host.
  void addKnownEntries(std::set<std::string> known) { log_.addKnownEntries(std::move(known)); }

  using Presence = FilingPlan::Presence;
  Presence presence(const IntakeItem& item) const;
  /// Asks repository and register about a dossier whose pages have all been read.
  FilingPlan plan(const DossierTask& task) const;
  /// Everything from the PDF to the ledger entry. Idempotent: filing the same scans again finds
  /// them filed. The error says why the dossier must wait for a person. Throws BatchError.
  Result<Outcome> file(const DossierTask& task, const FilingPlan& plan);
  /// Puts a dossier aside: into quarantine when one of the problems asks for it or a dossier of its
  /// code is waiting already, else on the review shelf. Records the decision, then moves the scans.
  Outcome putAside(const DossierTask& task, const FilingPlan& plan,
                   const std::vector<ItemError>& problems);
  /// Leaves a dossier where it is until a server outside answers again: the next run files it.
  Outcome park(const DossierTask& task, const ItemError& why);
  /// Clears up after filing: moves the scans out of intake or review, removes the work files.
  void clear(const DossierTask& task);
  /// A ledger entry by the batch itself, written once however often it is asked for.
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
  FilingLog log_;  // these two know context_
  DocumentMaker maker_;
};

}  // namespace sohoa
