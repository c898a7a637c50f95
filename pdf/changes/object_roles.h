#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "pdf/structure/revisions.h"

namespace sohoa {

/// A form field as one revision has it; shared by its node and its widgets.
struct FormField {
  std::string name;       ///< fully qualified, UTF-8
  std::string type;       ///< /FT: "Tx", "Ch", "Btn", "Sig" or ""
  std::uint32_t top = 0;  ///< object that carries /V and /T
  PdfValue value;         ///< /V, resolved; null when empty
  bool pushButton = false;
};

/// What the objects of one revision are there for. Every object reachable from the trailer has a
/// count; an object may have several roles, and rules must look at all of them.
struct ObjectRoles {
  std::uint32_t root = 0, info = 0, form = 0, fields = 0, extensions = 0, metadata = 0;
  std::uint32_t formResources = 0;          ///< indirect /DR
  std::map<std::uint32_t, int> references;  ///< how often each object is referred to
  std::vector<bool> outsideStore;           ///< by number: reachable without the security store
  std::set<std::uint32_t> tree;             ///< nodes of the page tree, pages included
  std::map<std::uint32_t, double> pages;    ///< page → visible area in square units
  std::map<std::uint32_t, std::uint32_t> annotationLists;  ///< indirect /Annots → its page
  std::map<std::uint32_t, std::uint32_t> widgetPages;      ///< annotation → its page
  std::set<std::uint32_t> onSeveralPages;                  ///< annotations that more than one shows
  std::set<std::uint32_t> shown;                 ///< named by a page's /Contents and /Resources
  std::map<std::uint32_t, FormField> formNodes;  ///< fields and widgets of the form
  std::map<std::uint32_t, std::uint32_t> appearances;  ///< appearance stream → its widget

  /// Reads the state when `section` was the newest. `budget`: objects that may still be looked at
  /// in one file. Throws PdfSyntaxError, also when the budget is spent.
  static ObjectRoles read(const PdfRevisions& file, std::size_t section, std::size_t& budget);
  bool isOutsideStore(std::uint32_t number) const {
    return number < outsideStore.size() && outsideStore[number];
  }
  /// Referred to at most once.
  bool single(std::uint32_t number) const;
};

/// A dictionary in it gives a key twice: two readers may see two values.
bool givesKeyTwice(const PdfValue& value);
/// Numbers of the objects a value refers to, in order, with repetitions.
void collectReferences(const PdfValue& value, std::vector<std::uint32_t>& out);
/// The object as the section has it; null when free or missing.
PdfObject objectAt(const PdfRevisions& file, std::uint32_t number, std::size_t section);

}  // namespace sohoa
