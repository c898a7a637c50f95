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

/// The form of a document that is to get another signature: who may sign, and where.
class SigningForm {
 public:
  /// Throws PdfSyntaxError.
  explicit SigningForm(const PdfRevisions& file);

  /// Nothing when another signature is allowed; else why not (encrypted, XFA, certified without
  /// changes).
  std::optional<ItemError> refusal() const;
  /// The empty signature field of this fully qualified name; nullptr: none.
  const SignatureField* emptyField(const std::string& name) const;
  /// A name that is free, as near to `wanted` as can be.
  std::string freeName(const std::string& wanted) const;
  /// An earlier signature locks fields of this name (12.8.2.4).
  bool locks(const std::string& name) const;
  const std::vector<SignatureField>& fields() const { return fields_; }

 private:
  const PdfRevisions& file_;
  std::vector<SignatureField> fields_;
  std::set<std::string> taken_;
};

/// Adds a field with its widget on the appearance's page, and lists it in /AcroForm and /Annots.
void addField(const PdfRevisions& file, IncrementalUpdate& update, const std::string& name,
              PdfRef signature, const PlacedAppearance& appearance);

/// Fills an empty field: its value, and an appearance (drawAppearance) fitted into its own
/// rectangle. PdfSyntaxError when it is written in a way that cannot be filled.
void fillField(const PdfRevisions& file, IncrementalUpdate& update, const SignatureField& field,
               PdfRef signature, const PlacedAppearance& appearance);

/// What a field prescribes of its signature (12.7.4.5, tables 233 and 234).
struct FieldRules {
  PdfValue references;  ///< /Reference for the signature dictionary; null: none
  std::string problem;  ///< a required seed value that cannot be kept; empty: none
};
FieldRules rulesOf(const PdfRevisions& file, const SignatureField& field,
                   const std::string& digestName, const std::string& reason);

}  // namespace sohoa
