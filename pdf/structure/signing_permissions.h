#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "pdf/structure/signature_fields.h"

namespace sohoa {

/// Signed permissions that stand against another signature (12.8.2.2, 12.8.2.4).
struct SigningPermissions {
  bool certified = false;          ///< some signature is a certification (DocMDP)
  bool certifiedNoChange = false;  ///< DocMDP with P = 1
  bool locks(std::string_view fieldName) const;
  bool fieldsNamed = false;  ///< some signature has a FieldMDP
  /// Some signature says expressly what may be filled in after it: DocMDP 2 or 3, FieldMDP.
  bool grantsFilling() const { return !certifiedNoChange && (certified || fieldsNamed); }

  struct FieldLock {
    enum class Action { all, include, exclude } action = Action::all;
    std::vector<std::string> fields;
  };
  std::vector<FieldLock> locksHeld;  ///< of FieldMDPs and of /Lock of the fields signed
};
SigningPermissions readSigningPermissions(const PdfRevisions& file,
                                          const std::vector<SignatureField>& fields);

}  // namespace sohoa
