#pragma once

#include <string>

#include "core/result.h"
#include "core/texts/json.h"
#include "pdf/incoming/incoming.h"
#include "pipeline/batch/batch.h"

/// Values of a batch as JSON: for the worker border and for files in state/. The ...From functions
/// throw nlohmann::json::exception on a text that they did not write. Names and paths may be any
/// bytes, and JSON holds UTF-8 only: they are written in hexadecimal (core/bytes/hex.h).
namespace sohoa::wire {

nlohmann::json write(const ItemError& error);
ItemError itemErrorFrom(const nlohmann::json& json);

nlohmann::json write(const IncomingFile& file);
IncomingFile incomingFileFrom(const nlohmann::json& json);

nlohmann::json write(const IntakeFile& file);
IntakeFile intakeFileFrom(const nlohmann::json& json);

nlohmann::json write(const IntakeItem& item);
IntakeItem intakeItemFrom(const nlohmann::json& json);

// Stacks (batch_json_stacks.cpp)
nlohmann::json write(const PageSigns& signs);
PageSigns pageSignsFrom(const nlohmann::json& from);
nlohmann::json write(const StackSource& source);
StackSource stackSourceFrom(const nlohmann::json& from);
nlohmann::json write(const HeldStack& stack);
HeldStack heldStackFrom(const nlohmann::json& from);
nlohmann::json write(const DividedStack& stack);
DividedStack dividedStackFrom(const nlohmann::json& from);

}  // namespace sohoa::wire
