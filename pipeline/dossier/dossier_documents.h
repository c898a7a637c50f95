#pragma once

#include <optional>
#include <string>
#include <vector>

#include "pipeline/dossier/field_checks.h"
#include "pipeline/dossier/quality_gate.h"
#include "pipeline/intake/document_plan.h"

namespace sohoa {

/// A document of a dossier before it is made: its pages and its fields.
struct DossierDocument {
  PlannedDocument planned;
  std::string code;                ///< <dossier code>-KQ1
  std::vector<std::size_t> pages;  ///< places among the dossier's pages; none when as received
  FieldJudgement judged;  ///< its pages are counted in this document; problems name the field

  /// Name of a field to a person: "number" of the result that the register knows, else
  /// "KQ2.number".
  std::string nameOf(const std::string& field) const;
  bool registered = false;  ///< the result whose number and date the register has
};

/// The dossier's documents with their fields. The register's number and date belong to the result
/// that carries the number, else to the first. Other results need a number and date, too; what
/// misses in papers that were handed in, or made on the way, holds nothing up. `keyed` has names
/// as nameOf gives them.
Result<std::vector<DossierDocument>> dossierDocuments(const IntakeItem& item,
                                                      const std::vector<PageAttempt>& pages,
                                                      const std::optional<RegisterRow>& row,
                                                      const FieldMap& keyed);

}  // namespace sohoa
