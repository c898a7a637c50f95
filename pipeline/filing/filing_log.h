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
  /// Adds entries that are already in the ledger, as given by keyOf.
  void addKnownEntries(std::set<std::string> known) { known_.merge(known); }
  static std::string keyOf(const LedgerEntry& entry);

  /// Writes a ledger entry in the name of the batch.
  void append(const std::string& action, const std::string& subject,
              std::map<std::string, std::string> details);
  /// Records a dossier that is in the repository: catalogue row, then ledger entry.
  void recordFiled(const DossierTask& task, const DossierRecord& record, int version);
  /// Records the outcome of a dossier; `why` is set if it was not filed.
  Outcome record(const DossierTask& task, Outcome::Kind kind, const ItemError* why);

 private:
  const FilingContext& context_;
  std::set<std::string> known_;
};

}  // namespace sohoa
