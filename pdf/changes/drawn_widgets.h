#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "pdf/changes/cover_judgement.h"
#include "pdf/changes/object_roles.h"
#include "pdf/changes/page_picture.h"
#include "pdf/changes/revision_changes.h"

namespace sohoa {

/// The widgets that one revision drew new or anew, judged together by pictures of their pages
/// before and after: what they hide, and whether anything else is shown otherwise.
class DrawnWidgets {
 public:
  /// Section `newer` against the one before it, whose objects are `old`.
  DrawnWidgets(const PdfRevisions& file, std::size_t newer, const ObjectRoles& old)
      : file_(file), after_(newer), before_(newer + 1), old_(old) {}

  /// `signature`: the widget shows a signature that this revision made.
  void add(std::uint32_t widget, std::uint32_t page, bool known, bool signature);
  /// What the pictures tell, permitted and forbidden; notExamined when a page cannot be drawn.
  RevisionChanges judge(PageRenderer& renderer) const;

 private:
  struct Drawn {
    std::uint32_t widget = 0;
    bool known = false, signature = false;
  };
  bool judgePage(std::uint32_t page, const std::vector<Drawn>& drawn, PageRenderer& renderer,
                 std::vector<DocumentChange>& changes) const;
  std::string withoutOldLooks(const std::vector<Drawn>& drawn) const;
  void forgiveOldLooks(std::size_t page, const PagePicture& after,
                       const std::vector<PixelArea>& places, PageRenderer& renderer,
                       CoverJudgement& cover) const;

  const PdfRevisions& file_;
  std::size_t after_, before_;
  const ObjectRoles& old_;
  std::map<std::uint32_t, std::vector<Drawn>> pages_;
};

/// Words of permitted changes that whoever relies on the document should look at: a seal or a
/// signature lies over what was there.
bool isCover(const char* words);

/// The bytes of the file as they were when `section` was its newest; 0 when they cannot be told.
std::size_t endOfRevision(const PdfRevisions& file, std::size_t section);

/// Whether a widget's look may differ between programs, screen and paper: several states, optional
/// content, alternates, a look for paper alone, or lines that poppler dashes otherwise. A picture
/// alone cannot judge it.
bool looksDiffer(const PdfRevisions& file, std::size_t section, const PdfValue& widget);

}  // namespace sohoa
