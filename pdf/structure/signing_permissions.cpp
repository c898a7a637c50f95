#include "pdf/structure/signing_permissions.h"

#include <algorithm>

#include "pdf/util/text_string.h"

namespace sohoa {
namespace {

using Kind = PdfValue::Kind;

}  // namespace

bool SigningPermissions::locks(std::string_view fieldName) const {
  const auto covers = [&](const std::string& locked) {
    // Locking a parent locks what is below it; "A" does not lock "A1".
    return fieldName == locked ||
           (fieldName.starts_with(locked) && fieldName.size() > locked.size() &&
            fieldName[locked.size()] == '.');
  };
  return std::any_of(locksHeld.begin(), locksHeld.end(), [&](const FieldLock& lock) {
    const bool named = std::any_of(lock.fields.begin(), lock.fields.end(), covers);
    if (lock.action == FieldLock::Action::all) return true;
    return lock.action == FieldLock::Action::include ? named : !named;
  });
}

SigningPermissions readSigningPermissions(const PdfRevisions& file,
                                          const std::vector<SignatureField>& fields) {
  SigningPermissions permissions;
  const auto readLock = [&](const PdfValue& from) {
    SigningPermissions::FieldLock lock;
    const PdfValue action = file.get(from, "Action");
    if (action.isName("Include")) lock.action = SigningPermissions::FieldLock::Action::include;
    if (action.isName("Exclude")) lock.action = SigningPermissions::FieldLock::Action::exclude;
    for (const PdfValue& item : file.get(from, "Fields").items) {
      const PdfValue name = file.resolve(item);
      if (name.is(Kind::string)) lock.fields.push_back(textOfPdfString(name.text));
    }
    permissions.locksHeld.push_back(std::move(lock));
  };
  const auto readDictionary = [&](const PdfValue& dictionary) {
    for (const PdfValue& item : file.get(dictionary, "Reference").items) {
      const PdfValue reference = file.resolve(item);
      const PdfValue method = file.get(reference, "TransformMethod");
      const PdfValue parameters = file.get(reference, "TransformParams");
      const PdfValue p = file.get(parameters, "P");
      if (method.isName("DocMDP")) permissions.certified = true;
      if (p.is(Kind::integer) && p.integer == 1) permissions.certifiedNoChange = true;
      if (method.isName("FieldMDP")) {
        permissions.fieldsNamed = true;
        readLock(parameters);
      }
    }
  };
  for (const SignatureField& field : fields) {
    if (!field.filled) continue;
    readDictionary(field.dictionary);
    const PdfValue lock = file.get(field.fieldValue, "Lock");
    const PdfValue p = file.get(lock, "P");  // ISO 32000-2:2020, table 236
    if (p.is(Kind::integer) && p.integer == 1) permissions.certifiedNoChange = true;
    // 12.7.4.5: what the signer found locked by this signature, with or without its FieldMDP.
    if (file.get(lock, "Action").is(Kind::name)) readLock(lock);
  }
  readDictionary(file.get(file.get(file.catalog(), "Perms"), "DocMDP"));
  return permissions;
}

}  // namespace sohoa
