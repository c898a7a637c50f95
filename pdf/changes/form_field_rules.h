#pragma once

#include <set>
#include <string>
#include <vector>

#include "pdf/changes/drawn_widgets.h"
#include "pdf/changes/object_roles.h"
#include "pdf/changes/revision_changes.h"
#include "pdf/structure/signing_permissions.h"

namespace sohoa {

bool sameValue(const PdfValue& a, const PdfValue& b);
/// Keys whose values differ between two dictionaries.
std::set<std::string> differingKeys(const PdfValue& before, const PdfValue& after);

/// What one revision may do to the form: new signature fields, existing ones signed, fields filled
/// in. A widget that was there covers at most half of its page, a new one a third. What they hide
/// is judged by pictures where there is a renderer (`drawn()`); without one nothing that a widget
/// left visible may be hidden, a small awaited signature's label aside.
class FieldRules {
 public:
  FieldRules(const PdfRevisions& file, std::size_t newer, const SigningPermissions& permissions,
             bool replacing, const ObjectRoles& old, bool pictures);

  /// The old items in their order, then new signature fields only. `page`: whose annotations the
  /// list holds; 0 for the list of the form.
  bool allowsList(const PdfValue& before, const PdfValue& after, std::uint32_t page);
  /// A field or widget that was there.
  bool allowsNode(std::uint32_t number, const PdfValue& before, const PdfValue& after);
  /// An appearance stream that was there is drawn anew.
  bool allowsAppearance(std::uint32_t number);

  /// The older revision has, or refers to, an object of this number.
  bool isKnown(std::uint32_t number) const;
  std::string nameOf(std::uint32_t node) const;
  /// The newer revision has a signature that was not there.
  bool signsSomething() const { return signsSomething_; }
  /// A text or choice field of the older revision has a value.
  bool anyValue() const;
  /// Permitted changes met so far, named with their values.
  const std::vector<DocumentChange>& seen() const { return seen_; }
  /// What must still be judged by pictures.
  const DrawnWidgets& drawn() const { return drawn_; }

 private:
  enum class KeysOf { field, widget, both };
  static bool hasOnlyKeys(const PdfValue& node, KeysOf of);
  void addField(const PdfValue& field);
  std::uint32_t fieldOf(std::uint32_t widget) const;
  bool isNewSignatureField(const PdfValue& item, std::uint32_t page);
  bool isNewWidget(std::uint32_t number, const PdfValue& field, std::uint32_t page);
  bool hides(const PdfValue& widget, std::uint32_t page);
  bool hidesMore(const PdfValue& before, const PdfValue& after, std::uint32_t page, bool signature);
  bool reachesKnown(const PdfValue& value) const;
  bool locksNow(const FormField& field, const PdfValue& before, const PdfValue& after) const;
  bool isTimestamp(const PdfValue* value) const;
  bool isNewSignature(const PdfValue* value, const std::string& name) const;
  bool appearanceIsNew(const PdfValue& before, const PdfValue& after) const;
  bool allowsFill(const FormField& field);
  bool isFilledNow(const FormField& field, PdfValue* now = nullptr) const;
  bool coversTooMuch(const PdfValue& widget, double pageArea, double share) const;

  const PdfRevisions& file_;
  std::size_t after_, before_;
  const SigningPermissions& permissions_;
  bool replacing_;
  const ObjectRoles& old_;
  std::set<std::uint32_t> formFields_;  ///< named by the form or a page of the newer revision
  std::map<std::uint32_t, std::uint32_t> fieldsOfWidgets_;  ///< of new fields with /Kids
  bool signsSomething_ = false;    ///< the newer revision has a signature that was not there
  std::set<std::uint32_t> named_;  ///< objects that `seen_` already names
  std::vector<DocumentChange> seen_;
  bool pictures_;
  DrawnWidgets drawn_;
};

}  // namespace sohoa
