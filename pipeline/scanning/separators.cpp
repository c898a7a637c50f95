#include "pipeline/scanning/separators.h"

#include <fmt/core.h>

#include <chrono>
#include <set>
#include <sstream>

#include "core/digest.h"
#include "core/dossier_code.h"

namespace sohoa {
namespace {

constexpr int kMostPages = 99999;

/// Six characters that differ between prints, so that sheets of two prints are never taken for
/// consecutive ones.
std::string seriesOf(const SeparatorOrder& order, Time now) {
  static constexpr std::string_view kCharacters = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ";
  std::string all = isoUtc(now);
  for (const std::string& code : order.codes) all += '\n' + code;
  const std::string hex = sha512(all).hex();
  std::string series;
  for (std::size_t i = 0; i < 6; ++i) {
    const int value = std::stoi(hex.substr(4 * i, 4), nullptr, 16);
    series += kCharacters[static_cast<std::size_t>(value) % kCharacters.size()];
  }
  return series;
}

std::string vietnameseDay(Day day) {
  return fmt::format("{:02}/{:02}/{}", static_cast<unsigned>(day.day()),
                     static_cast<unsigned>(day.month()), static_cast<int>(day.year()));
}

}  // namespace

bool addPages(const std::string& text, SeparatorOrder& order) {
  const std::size_t equals = text.find('=');
  if (equals == std::string::npos) return false;
  const std::string count = text.substr(equals + 1);
  if (count.empty() || count.size() > 5 ||
      count.find_first_not_of("0123456789") != std::string::npos)
    return false;
  const int pages = std::stoi(count);
  if (pages < 1 || pages > kMostPages) return false;
  order.pages[text.substr(0, equals)] = pages;
  return true;
}

std::string addList(const std::string& text, SeparatorOrder& order) {
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    std::erase_if(line, [](char c) { return c == ' ' || c == '\t' || c == '\r'; });
    if (line.starts_with("\xEF\xBB\xBF")) line.erase(0, 3);
    if (line.empty() || line.front() == '#') continue;
    if (line.find('=') != std::string::npos && !addPages(line, order)) return line;
    order.codes.push_back(line.substr(0, line.find('=')));
  }
  return {};
}

void addFromRegister(const Catalogue& catalogue, Day from, Day to, const std::string& unit,
                     SeparatorOrder& order) {
  const auto first = std::chrono::sys_days(from), last = std::chrono::sys_days(to);
  catalogue.forEachRegistered([&](const RegisterRow& row) {
    const auto received = std::chrono::sys_days(row.receivedOn);
    if (received < first || received > last || (!unit.empty() && row.unit != unit)) return;
    if (row.medium == "online" || !row.excludedReason.empty()) return;
    if (!catalogue.filed(row.dossierCode)) order.codes.push_back(row.dossierCode);
  });
}

SeparatorPrint separatorPrint(const SeparatorOrder& order, const Catalogue& catalogue, Time now) {
  SeparatorPrint print;
  const std::string series = seriesOf(order, now);
  std::set<std::string> seen;
  const auto refuse = [&](Cause cause, const std::string& code) {
    print.errors.push_back({Stage::intake, cause, code, ""});
  };
  for (const std::string& code : order.codes) {
    const auto row = catalogue.registered(code);
    if (!DossierCode::parse(code)) {
      refuse(Cause::dossierCode, code);
    } else if (!row) {
      refuse(Cause::dossierUnknown, code);
    } else if (!seen.insert(code).second) {
      refuse(Cause::dossierDuplicate, code);
    } else {
      SeparatorPage page;
      const auto pages = order.pages.find(code);
      page.sheet = {code, static_cast<int>(print.pages.size()) + 1,
                    static_cast<int>(order.codes.size()),
                    pages == order.pages.end() ? 0 : pages->second, series};
      page.unit = row->unit;
      page.applicant = row->applicant;
      page.procedure = row->procedureName;
      page.receivedOn = vietnameseDay(row->receivedOn);
      print.pages.push_back(std::move(page));
    }
  }
  for (const auto& [code, pages] : order.pages) {
    if (!seen.contains(code)) refuse(Cause::dossierUnknown, code);
  }
  if (!print.errors.empty()) print.pages.clear();
  return print;
}

}  // namespace sohoa
