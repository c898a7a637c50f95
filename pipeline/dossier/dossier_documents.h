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
  std::string code;  ///< <dossier code>-KQ1
  /// indices into the dossier's pages; empty for documents filed as received
  std::vector<std::size_t> pages;
  FieldJudgement judged;  ///< page numbers count within this document; problems name the field

  /// Name of a field as shown to a person: "number" for the result known to the register, else
  /// "KQ2.number".
  std::string nameOf(const std::string& field) const;
  bool registered = false;  ///< the result whose number and date are in the register
};

/// Groups the dossier's pages into documents and judges their fields. The register's number and
/// date belong to the result that carries the number, else to the first scanned result. Other
/// results need a number and date as well; missing fields of components and processing documents do
/// not hold the dossier. `keyed` uses names as given by nameOf.
Result<std::vector<DossierDocument>> dossierDocuments(const IntakeItem& item,
                                                      const std::vector<PageAttempt>& pages,
                                                      const std::optional<RegisterRow>& row,
                                                      const FieldMap& keyed);

}  // namespace sohoa
