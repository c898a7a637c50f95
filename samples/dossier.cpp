#include "samples/dossier.h"

#include <algorithm>
#include <utility>

#include "samples/drawing/conditions.h"
#include "samples/drawing/layout.h"
#include "samples/drawing/marks.h"

namespace sohoa::samples {

Expectation expectationOf(Fault fault) {
  switch (fault) {
    case Fault::none:
      return {"filed", ""};
    case Fault::missingPage:
      return {"held", "page number 003 is missing from the sequence 001, 002, 004"};
    case Fault::unknownCode:
      return {"quarantined", "the dossier code is well formed but is not in the register"};
    case Fault::lowResolution:
      return {"held", "a page was scanned at 150 dpi, below 200 dpi"};
    case Fault::truncatedFile:
      return {"quarantined", "the last file ends in the middle of its image"};
  }
  return {};
}

std::string dossierCode(const Date& received, int ordinal) {
  std::string number = std::to_string(ordinal);
  number.insert(0, 4 - number.size(), '0');
  return "000.00.12.H46-" + received.compact() + "-" + number;
}

std::size_t appendDocument(Dossier& dossier, const DocumentPlan& plan, const Typesetter& typesetter,
                           Random& random) {
  DocumentText text = writeDocument(plan.kind, random, dossier.resolved, plan.brief);
  LayoutOptions layout = drawLayout(random);
  adaptLayout(layout, plan.conditions.front());
  if (plan.conditions.front() == "clean") {
    text.filledByHand = false;
  }
  std::vector<Page> pages = layOut(text, layout, typesetter);
  std::vector<std::shared_ptr<Page>> shared;
  for (std::size_t i = 0; i < pages.size(); ++i) {
    const std::string& condition = plan.conditions[std::min(i, plan.conditions.size() - 1)];
    MarkOptions marks = marksFor(condition, !pages[i].signers.empty(), random);
    marks.legend = text.sealOwner;
    if (text.sealOwner.empty()) {
      marks.seal = marks.edgeSeal = marks.copySeal = marks.initials = false;
    }
    addMarks(pages[i], marks, typesetter, random);
    shared.push_back(std::make_shared<Page>(pages[i]));
  }
  std::size_t added = 0;
  for (std::size_t i = 0; i < pages.size() && added < plan.maxPages; ++i) {
    const bool ruled = std::any_of(pages[i].lines.begin(), pages[i].lines.end(),
                                   [](const Line& line) { return line.zone == "table"; });
    if (plan.onlyTables && !ruled) {
      continue;
    }
    Side side;
    side.condition = plan.conditions[std::min(i, plan.conditions.size() - 1)];
    side.settings = scanFor(side.condition, random);
    side.page = pages[i];
    side.back = shared[(i + 1) % shared.size()];
    side.document = dossier.documents.size();
    side.effects = effectsOf(side.page, side.settings, true);
    dossier.sides.push_back(std::move(side));
    ++added;
  }
  if (added > 0) {
    dossier.documents.push_back(std::move(text));
  }
  return added;
}

void appendBlankBack(Dossier& dossier, Random& random) {
  Side side;
  side.condition = "blank";
  side.settings = scanFor("blank", random);
  side.back = std::make_shared<Page>(dossier.sides.back().page);
  side.document = dossier.sides.back().document;
  side.effects = effectsOf(side.page, side.settings, true);
  dossier.sides.push_back(std::move(side));
}

void applyFault(Dossier& dossier) {
  if (dossier.fault == Fault::lowResolution) {
    Side& side = dossier.sides.back();
    side.settings.dpi = 150;
    side.effects.emplace_back("below_200_dpi");
  }
}

}  // namespace sohoa::samples
