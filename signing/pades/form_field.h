#pragma once

#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/result.h"
#include "pdf/structure/incremental.h"
#include "pdf/structure/signature_fields.h"
#include "signing/appearance/appearance_form.h"

namespace sohoa {

/// The form of a document that is about to be signed again: whether it may be, and with which
/// field.
class SigningForm {
 public:
  /// Throws PdfSyntaxError.
  explicit SigningForm(const PdfRevisions& file);

  /// Returns nullopt when another signature is allowed; otherwise the reason (encrypted, XFA,
  /// certified without changes).
  std::optional<ItemError> refusal() const;
  /// The empty signature field with this fully qualified name; nullptr: none.
  const SignatureField* emptyField(const std::string& name) const;
  /// `wanted` with underscores for periods; if a field has this name, with another number at its
  /// end.
  std::string freeName(const std::string& wanted) const;
  /// Whether an earlier signature locks fields of this name (12.8.2.4).
  bool locks(const std::string& name) const;
  const std::vector<SignatureField>& fields() const { return fields_; }

 private:
  const PdfRevisions& file_;
  std::vector<SignatureField> fields_;
  std::set<std::string> taken_;
};

/// Adds a field with its widget to the appearance's page and lists it in /AcroForm and /Annots.
void addField(const PdfRevisions& file, IncrementalUpdate& update, const std::string& name,
              PdfRef signature, const PlacedAppearance& appearance);

/// Fills an empty field: sets its value and fits an appearance (drawAppearance) into its rectangle.
/// Throws PdfSyntaxError when the field cannot be filled as it is written.
void fillField(const PdfRevisions& file, IncrementalUpdate& update, const SignatureField& field,
               PdfRef signature, const PlacedAppearance& appearance);

/// What a field prescribes for its signature (12.7.4.5, tables 233 and 234).
struct FieldRules {
  PdfValue references;  ///< /Reference for the signature dictionary; null: none
  std::string problem;  ///< a required seed value that cannot be satisfied; empty: none
};
FieldRules rulesOf(const PdfRevisions& file, const SignatureField& field,
                   const std::string& digestName, const std::string& reason);

}  // namespace sohoa
