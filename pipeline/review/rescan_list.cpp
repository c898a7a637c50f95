#include "pipeline/review/rescan_list.h"

#include <fmt/core.h>

#include "pdf/drawing/checklist_pdf.h"
#include "pipeline/common/file_names.h"
#include "pipeline/review/review.h"
#include "storage/catalogue/catalogue.h"

namespace sohoa {
namespace {

/// 10/09/2021 08:30, as on paper.
std::string onPaper(Time time) {
  const std::string iso = isoVietnam(time);
  return fmt::format("{}/{}/{} {}", iso.substr(8, 2), iso.substr(5, 2), iso.substr(0, 4),
                     iso.substr(11, 5));
}

PrintedList listOf(const std::vector<RescanLine>& lines, const Site& site, Language language) {
  using Kind = ListLine::Kind;
  PrintedList list{site.config().agency,
                   say(language, "PAGES TO BE SCANNED AGAIN, {}", onPaper(site.clock()->now())),
                   {}};
  std::string before;
  for (const RescanLine& line : lines) {
    if (line.code != before) {
      list.lines.push_back({Kind::heading, say(language, "{}   batch {}, {} pages", line.code,
                                               line.batch, line.pages)});
      if (!line.unit.empty() || !line.applicant.empty())
        list.lines.push_back({Kind::note, fmt::format("{}   {}", line.unit, line.applicant)});
      before = line.code;
    }
    const RescanRequest& request = line.request;
    list.lines.push_back(
        {Kind::item, say(language, "page {} ({}): {} — {}", request.page, printable(request.name),
                         request.reason, request.person)});
    list.lines.push_back({Kind::note, say(language, "then: sohoa review merge {} {} FILE",
                                          line.code, request.page)});
  }
  return list;
}

}  // namespace

std::vector<RescanLine> rescanList(const Site& site) {
  std::vector<RescanLine> lines;
  const auto catalogue = site.catalogue().open();
  for (const HeldDossier& held : listHeld(site)) {
    if (held.rescans.empty()) continue;
    const RegisterRow row = catalogue->registered(held.code).value_or(RegisterRow{});
    const int pages = static_cast<int>(pagesOf(held.item).size());
    for (const RescanRequest& request : held.rescans) {
      lines.push_back({held.code, held.batch, row.unit, row.applicant, pages, request});
    }
  }
  return lines;
}

std::string rescanListText(const std::vector<RescanLine>& lines, const Site& site,
                           Language language) {
  const PrintedList list = listOf(lines, site, language);
  std::string text = list.agency + "\n\n" + list.title + "\n\n";
  bool ofHeading = true;
  for (const ListLine& line : list.lines) {
    switch (line.kind) {
      case ListLine::Kind::heading:
        text += "[ ] ";
        break;
      case ListLine::Kind::item:
        text += "    [ ] ";
        break;
      case ListLine::Kind::note:
        text += ofHeading ? "    " : "        ";
        break;
    }
    text += line.text + "\n";
    ofHeading = line.kind == ListLine::Kind::heading;
  }
  return text;
}

Result<std::string> rescanListPdf(const std::vector<RescanLine>& lines, const Site& site,
                                  Language language) {
  return listPdf(listOf(lines, site, language), {language, site.clock()->now(), ""});
}

}  // namespace sohoa
