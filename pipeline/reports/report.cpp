#include "pipeline/reports/report.h"

#include <fmt/core.h>

#include <array>
#include <map>
#include <optional>

#include "core/texts/json.h"

namespace sohoa {
namespace {

constexpr std::array<std::string_view, 7> kFigures = {
    "received",         "of them on paper",   "resolved", "digitised",
    "of them on paper", "filed, not counted", "pages"};

std::array<std::int64_t, 7> figures(const ReportRow& row) {
  return {row.received,       row.receivedPaper,   row.resolved, row.digitised,
          row.digitisedPaper, row.filedNotCounted, row.pages};
}

std::string_view verdictText(Verdict verdict) {
  switch (verdict) {
    case Verdict::met:
      return "met";
    case Verdict::missed:
      return "missed";
    case Verdict::notApplicable:
      return "n/a";
  }
  return "";
}

void add(ReportRow& total, const ReportRow& row) {
  total.received += row.received;
  total.receivedPaper += row.receivedPaper;
  total.resolved += row.resolved;
  total.digitised += row.digitised;
  total.digitisedPaper += row.digitisedPaper;
  total.filedNotCounted += row.filedNotCounted;
  total.pages += row.pages;
}

/// Excluded dossiers of one group; of all groups without `group`.
std::int64_t excludedIn(const Report& report, const std::optional<std::string>& group) {
  std::int64_t count = 0;
  for (const ExcludedCount& one : report.excluded) {
    if (!group || one.group == *group) count += one.count;
  }
  return count;
}

/// TT 01/2023/TT-VPCP, Art. 4
std::string_view reasonText(std::string_view reason) {
  if (reason == "shared_data") return textId("already shared as data");
  if (reason == "photocopy") return textId("photocopies and certified copies");
  if (reason == "show_only") return textId("only to be shown");
  if (reason == "secret") return textId("secret");
  return reason;
}

std::string excludedTable(const Report& report, Language language) {
  if (report.excluded.empty()) return {};
  std::map<std::string, std::int64_t> byReason;
  for (const ExcludedCount& one : report.excluded) byReason[one.reason] += one.count;
  std::string text = "\n" +
                     say(language, "Not to be digitised, by the register: {} of (1)",
                         excludedIn(report, std::nullopt)) +
                     "\n";
  for (const auto& [reason, count] : byReason) {
    text += fmt::format("    {}: {}\n", tr(language, reasonText(reason)), count);
  }
  if (report.grouping == Grouping::none) return text;
  for (const ExcludedCount& one : report.excluded) {
    text +=
        fmt::format("    {}; {}: {}\n", one.group, tr(language, reasonText(one.reason)), one.count);
  }
  return text;
}

std::string tableLine(const ReportRow& row, std::string_view name, int target, Language language) {
  std::string line = fmt::format("{:<32}", name);
  for (const std::int64_t figure : figures(row)) line += fmt::format("{:>10}", figure);
  return line + fmt::format("{:>9}  {}\n", ratioText(row),
                            tr(language, verdictText(targetOf(row, target))));
}

/// RFC 4180, 2
std::string csvField(std::string_view text) {
  if (text.find_first_of("\",\r\n") == std::string_view::npos) return std::string(text);
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

nlohmann::json toJson(const ReportRow& row, int target) {
  return {{"group", row.group},
          {"received", row.received},
          {"received_paper", row.receivedPaper},
          {"resolved", row.resolved},
          {"digitised", row.digitised},
          {"digitised_paper", row.digitisedPaper},
          {"filed_not_counted", row.filedNotCounted},
          {"pages", row.pages},
          {"target", verdictText(targetOf(row, target))}};
}

}  // namespace

Verdict targetOf(const ReportRow& row, int targetPercent) {
  if (row.received == 0) return Verdict::notApplicable;
  return 100 * row.digitised >= targetPercent * row.received ? Verdict::met : Verdict::missed;
}

std::string ratioText(const ReportRow& row) {
  if (row.received == 0) return "-";
  const std::int64_t tenths = 1000 * row.digitised / row.received;
  return fmt::format("{}.{} %", tenths / 10, tenths % 10);
}

Report makeReport(const Catalogue& catalogue, const Period& period, Grouping grouping,
                  int targetPercent, Time now) {
  Report report{period,
                grouping,
                targetPercent,
                now,
                catalogue.report(period.from, period.to, grouping),
                {},
                catalogue.excluded(period.from, period.to, grouping)};
  for (const ReportRow& row : report.rows) add(report.total, row);
  return report;
}

std::string asTable(const Report& report, Language language) {
  std::string text =
      say(language, "Digitised dossiers, received {} to {} (made {})", isoDay(report.period.from),
          isoDay(report.period.to), isoVietnam(report.madeAt));
  text += "\n\n";
  std::size_t number = 0;
  std::string head = fmt::format("{:<32}", "");
  for (const std::string_view figure : kFigures) {
    head += fmt::format("{:>10}", fmt::format("({})", ++number));
    text += fmt::format("({}) {}   ", number, tr(language, figure));
  }
  text += "\n" + head +
          fmt::format("{:>9}  {}\n", "(4)/(1)", say(language, "target {} %", report.targetPercent));
  if (report.grouping != Grouping::none) {
    for (const ReportRow& row : report.rows)
      text += tableLine(row, row.group, report.targetPercent, language);
  }
  return text + tableLine(report.total, tr(language, "all"), report.targetPercent, language) +
         excludedTable(report, language);
}

std::string asCsv(const Report& report, Language language) {
  std::string text = csvField(tr(language, "group"));
  for (const std::string_view figure : kFigures) text += "," + csvField(tr(language, figure));
  text += "," + csvField(tr(language, "not to be digitised"));
  text += "," + csvField(tr(language, "target")) + "\r\n";
  const auto line = [&](const ReportRow& row, std::string_view name, std::int64_t excluded) {
    text += csvField(name);
    for (const std::int64_t figure : figures(row)) text += fmt::format(",{}", figure);
    text += fmt::format(",{}", excluded);
    text += fmt::format(",{}\r\n", tr(language, verdictText(targetOf(row, report.targetPercent))));
  };
  if (report.grouping != Grouping::none) {
    for (const ReportRow& row : report.rows) line(row, row.group, excludedIn(report, row.group));
  }
  line(report.total, tr(language, "all"), excludedIn(report, std::nullopt));
  return text;
}

std::string asJson(const Report& report) {
  nlohmann::json rows = nlohmann::json::array();
  if (report.grouping != Grouping::none) {
    for (const ReportRow& row : report.rows) rows.push_back(toJson(row, report.targetPercent));
  }
  nlohmann::json excluded = nlohmann::json::array();
  for (const ExcludedCount& one : report.excluded) {
    excluded.push_back({{"group", one.group}, {"reason", one.reason}, {"count", one.count}});
  }
  return jsonText(nlohmann::json{{"from", isoDay(report.period.from)},
                                 {"to", isoDay(report.period.to)},
                                 {"made_at", isoVietnam(report.madeAt)},
                                 {"target_percent", report.targetPercent},
                                 {"groups", std::move(rows)},
                                 {"excluded", std::move(excluded)},
                                 {"total", toJson(report.total, report.targetPercent)}});
}

std::string membersAsCsv(const std::vector<ReportMember>& members) {
  std::string text =
      "dossier_code,unit,procedure_code,received_on,medium,excluded_reason,filed,counted,pages,"
      "object\r\n";
  for (const ReportMember& member : members) {
    text += fmt::format("{},{},{},{},{},{},{},{},{},{}\r\n", csvField(member.row.dossierCode),
                        csvField(member.row.unit), csvField(member.row.procedureCode),
                        isoDay(member.row.receivedOn), csvField(member.row.medium),
                        member.row.excludedReason, member.filed ? 1 : 0, member.counted ? 1 : 0,
                        member.pages, csvField(member.object));
  }
  return text;
}

}  // namespace sohoa
