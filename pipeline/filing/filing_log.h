#pragma once

#include <map>
#include <set>
#include <string>

#include "pipeline/dossier/dossier_task.h"
#include "pipeline/filing/filing_context.h"

namespace sohoa {

/// Records the run's decisions: rows of the catalogue and entries of the ledger, each once, however
/// often a run is killed and begun again.
class FilingLog {
 public:
  FilingLog(const FilingContext& context, std::set<std::string> known)
      : context_(context), known_(std::move(known)) {}
  /// Entries that are in the ledger already, as keyOf gives them.
  void addKnownEntries(std::set<std::string> known) { known_.merge(known); }
  static std::string keyOf(const LedgerEntry& entry);

  /// A ledger entry by the batch itself.
  void append(const std::string& action, const std::string& subject,
              std::map<std::string, std::string> details);
  /// A dossier that is in the repository: catalogue row, then ledger entry.
  void recordFiled(const DossierTask& task, const DossierRecord& record, int version);
  /// How a dossier ended; `why` where it is not filed.
  Outcome record(const DossierTask& task, Outcome::Kind kind, const ItemError* why);

 private:
  const FilingContext& context_;
  std::set<std::string> known_;
};

}  // namespace sohoa
