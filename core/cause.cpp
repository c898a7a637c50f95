#include "core/cause.h"

#include <array>

namespace sohoa {
namespace {

struct Row {
  Cause cause;
  std::string_view code;
  Disposition disposition;
  std::string_view en, vi;
};

constexpr std::array kRows = {
#define SOHOA_CAUSE(name, code, disposition, en, vi) \
  Row{Cause::name, code, Disposition::disposition, en, vi},
#include "core/cause.def"
#undef SOHOA_CAUSE
};

const Row& rowOf(Cause cause) { return kRows.at(static_cast<std::size_t>(cause)); }

}  // namespace

std::string_view nameOf(Stage stage) {
  switch (stage) {
    case Stage::intake:
      return "intake";
    case Stage::recognition:
      return "recognition";
    case Stage::gate:
      return "gate";
    case Stage::packaging:
      return "packaging";
    case Stage::signing:
      return "signing";
    case Stage::filing:
      return "filing";
    case Stage::verification:
      return "verification";
  }
  return "";
}

std::string_view codeOf(Cause cause) { return rowOf(cause).code; }
Disposition dispositionOf(Cause cause) { return rowOf(cause).disposition; }

std::optional<Cause> causeFromCode(std::string_view code) {
  for (const Row& row : kRows) {
    if (row.code == code) return row.cause;
  }
  return std::nullopt;
}

std::string_view reasonOf(Cause cause, Language language) {
  return language == Language::vi ? rowOf(cause).vi : rowOf(cause).en;
}

}  // namespace sohoa
