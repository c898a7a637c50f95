#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "pipeline/filing/document_maker.h"
#include "pipeline/filing/filing_log.h"

namespace sohoa {

/// Packages, signs, checks and files dossiers, and puts aside those that cannot be filed. The only
/// holder of the agency's key, of the catalogue and of the ledger during a run. One thread uses it.
class FilingDesk {
 public:
  using Parts = FilingParts;
  /// `known` are the ledger entries of batches that a killed run left behind, as FilingLog::keyOf
  /// gives them: they are not written twice.
  FilingDesk(Parts parts, std::set<std::string> known);
  FilingDesk(const FilingDesk&) = delete;  // its halves point at its parts
  /// More of them, of a dossier that is taken over from a dead host.
  void learn(std::set<std::string> known) { log_.learn(std::move(known)); }

  /// Whether these very scans, or others under the same code, are filed already.
  enum class Presence { none, same, different };
  Presence presence(const IntakeItem& item) const;

  /// What a person must settle about the fields of the document before it is signed: contradictions
  /// with the register, numbers and days filled in by hand. Nothing for scans that are filed
  /// already.
  std::vector<ItemError> doubts(const Docket& docket) const;
  /// Everything from the PDF to the ledger entry. Idempotent: filing the same scans again finds
  /// them filed. The error says why the dossier must wait for a person. Throws BatchError.
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
           std::map<std::string, std::string> details) {
    log_.append(action, subject, std::move(details));
  }

 private:
  Result<void> requireUnchanged(const Docket& docket) const;
  Result<std::vector<DossierDocument>> documentsOf(const Docket& docket) const;
  /// Cuts the places in question out of the scans, for `review show`.
  void cutOut(const Docket& docket, const std::vector<ItemError>& problems);
  Outcome hold(const Docket& docket, const std::vector<ItemError>& problems);
  Outcome quarantine(const Docket& docket, const ItemError& why);

  Parts parts_;
  FilingLog log_;  // these two know parts_
  DocumentMaker maker_;
};

}  // namespace sohoa
