"""A question with its history in, everything understood of it out: the question alone, the plans that could answer it.

Example: 那水利局呢, after 能源局牵头的项目有几个 → standalone “水利局牵头的项目有几个” and a query that counts rows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache, partial
from pathlib import Path

from assistant.understand.acronyms import Acronyms
from assistant.understand.agency_names import ShortAgencies
from assistant.understand.alternatives import ask_for_column
from assistant.understand.attributes import Attributes
from assistant.understand.binding import Binding, RecallWithin
from assistant.understand.changes import plan_changes
from assistant.understand.cited import CitedThings
from assistant.understand.clause_follow_ups import ClauseFollowUps
from assistant.understand.clause_questions import ClauseQuestions
from assistant.understand.columns import year_of
from assistant.understand.combination import Combining
from assistant.understand.combination_planner import CombinationPlanner
from assistant.understand.counted_people import CountedPeople
from assistant.understand.document_names import DocumentNames
from assistant.understand.entities import Catalogue, find_entities
from assistant.understand.followup import FollowUps, Telling
from assistant.understand.growth_columns import GrowthColumns
from assistant.understand.header_names import HeaderNames
from assistant.understand.lexicon import Ask, Lexicon, Word, fitting, load_lexicon, with_row_nouns
from assistant.understand.library import Library
from assistant.understand.listing import Lists
from assistant.understand.measured_nouns import measured
from assistant.understand.namings import Namings
from assistant.understand.ordinals import Beyond, Numbered, RowReference, find_row_reference
from assistant.understand.own_place import own_place
from assistant.understand.parts import clauses_that_ask
from assistant.understand.past import Past
from assistant.understand.places import Places
from assistant.understand.plan import LookupPlan, Planner
from assistant.understand.premises import Premises
from assistant.understand.query_planner import QueryPlanner
from assistant.understand.question import MentionKind, Question, searched_words
from assistant.understand.question_reader import QuestionReader
from assistant.understand.range_rows import RangeRows
from assistant.understand.recalled import NOTHING, Picked
from assistant.understand.rewordings import Rewordings
from assistant.understand.short_names import ShortNames
from assistant.understand.short_places import ShortPlaces
from assistant.understand.short_years import in_full_years
from assistant.understand.source_asked import asks_for_source
from assistant.understand.spelling import Spelling
from assistant.understand.spoken import as_meant
from assistant.understand.stated_figures import StatedFigures
from assistant.understand.support import Support
from assistant.understand.table_choice import Shortlist, TableChoice
from assistant.understand.table_names import TableNames
from assistant.understand.talk import Talk
from assistant.understand.texts import Texts
from assistant.understand.this_year import naming_years
from assistant.understand.understood import Understood, explain_together, is_across
from assistant.understand.value_names import names_only_values, names_part_of_value
from assistant.understand.values import ValueMention, Values
from assistant.understand.vocabulary import interchangeable, names_in_tables, names_of, texts_of
from assistant.understand.words import Names, Said, WordReader
from corpus.agreement.subjects import Subjects
from corpus.conversion import Units
from corpus.folding import fold
from corpus.knowledge import AGENCY_ATTRIBUTES, Knowledge
from corpus.models import ParsedDocument, Span, Table

_KEPT = 1024
_SHARE_WORDS = ("占", "比重")
_SAYS_HOW = frozenset({"manner", "opinion", "period", "part"})
"""Event words that say how something is done, wished or shared out, and name no event."""

Cut = Callable[[str], Sequence[str]]


class Understanding:
    """Reads questions against one set of documents and the office's knowledge."""

    def __init__(self, documents: Sequence[ParsedDocument], knowledge: Knowledge, cut: Cut, cache: Path) -> None:
        """Take the segmenter's ``cut`` and the folder where word lists are kept between starts."""
        self.library, self._knowledge = Library(documents), knowledge
        tables = [table for document in documents for table in document.tables]
        self.attributes = Attributes.of_lexicon(knowledge.lexicon).with_columns(tables)
        rows = [(fold(header), tuple(map(fold, nouns))) for header, nouns in knowledge.rows]
        self.units = Units(knowledge.units)
        groups = [[fold(word) for word in group] for group in interchangeable(knowledge)]
        self.support = Support(groups, rows, measured(self.units.alike), own_place(documents))
        # 依据是什么 asks for the cell where a column is headed so (设定依据).
        self._heads_bases = any("依据" in column.name for table in tables for column in table.columns)
        self._lexicon = self._lexicon_of(tables, [noun for _, nouns in rows for noun in nouns])
        names = self.attributes.header_words("name")
        nouns = tuple(noun for noun in self._lexicon.class_nouns if len(noun.key) > 1)
        self.words = words = WordReader(cut, cache)
        said = Said(documents, knowledge.units).holds
        events = {word.key: word.name for word in self._lexicon.event_words if word.name not in _SAYS_HOW}
        self.names = Names(knowledge, words, said, events)
        titles = TableNames(tables).find
        self._reader = QuestionReader(self._lexicon, self.attributes.words, words, said, titles)
        called = partial(names_of, documents, knowledge, self._lexicon)
        self._spelling = Spelling(called, lambda: texts_of(documents), words, cache)
        self._choice = TableChoice(documents, self.attributes)
        self._entities = find_entities(documents, names)
        self.cited = CitedThings(documents, self._entities)
        short = ShortNames(called, words, said, tuple(one.name for one in self._entities), self.support.synonyms_in)
        self._planner = Planner(Catalogue(self._entities, nouns), self.attributes, self._reader, self.support)
        self.agencies = tuple(agency.names for agency in knowledge.agencies)
        same = [*self.agencies, *(place.names for place in knowledge.places)]
        self.places = Places(knowledge.places, self.attributes, self._lexicon)
        self._values = Values(documents, names, same, nouns, self.places.members(documents), titles)
        self._rewordings = self._rewordings_of(documents, tables, nouns, short)
        self.premises = Premises(documents, self._values, self.attributes)
        self.queries = QueryPlanner(
            self._values, self.attributes, self._reader, self.support, self._lexicon, self.places
        )
        texts = Texts(documents, self._entities)
        self.clauses = ClauseQuestions(documents, self._lexicon)
        self._talk = Talk(self._lexicon).kind
        telling = self._telling(tables, texts)
        self._follow_ups = FollowUps(self._planner, self._values, self._lexicon, telling, self._talk)
        self._lists = Lists(lambda: texts.names, words.cut, self._reader.is_leading)
        self._places_in_full = ShortPlaces(
            lambda: [one.text for one in documents], frozenset(name for one in knowledge.places for name in one.names)
        ).in_full
        strict = [tuple(map(fold, group)) for group in knowledge.synonyms]
        self._acronyms_in_full = Acronyms(lambda: [one.text for one in documents], strict).written_out
        self._numbered, self._nouns = Numbered(documents, nouns), nouns
        self._numbered_alone = lru_cache(maxsize=_KEPT)(lambda id_: Numbered(self.library.among((id_,)), self._nouns))
        self.figures = StatedFigures(knowledge, lambda: self.subjects)
        self._names = DocumentNames(self.library, self._lexicon)
        self._binding = Binding(self._names, self._follow_ups, self._put_right)
        self._combinations = CombinationPlanner(self._planner, self.queries, self._values, self.attributes)

    def _rewordings_of(
        self, documents: Sequence[ParsedDocument], tables: Sequence[Table], nouns: Sequence[Word], short: ShortNames
    ) -> Rewordings:
        """Return what writes a question in the words of the headers, names and ranges of these documents."""
        ranges = RangeRows(tables, self.units, self._reader.words)
        groups_of, headers = Namings(documents, nouns, self.words), HeaderNames(tables, [noun.key for noun in nouns])
        agencies = ShortAgencies(partial(names_in_tables, documents), partial(texts_of, documents))
        in_full = (lambda text: headers.in_full(groups_of.in_full(text)), short.in_full, ranges.readings)
        growth, people = GrowthColumns(tables), CountedPeople(tables)
        apart = (
            agencies.in_full,
            lambda text: (*filter(None, (growth.asked(text), people.as_headed(text))), *headers.as_headed(text)),
        )
        return Rewordings(self._reader, self._values, self._spelling, *in_full, *apart, _first_years(tables))

    def _lexicon_of(self, tables: Sequence[Table], nouns: Sequence[str]) -> Lexicon:
        """Return the words of questions, with the ``nouns`` by which rows of these tables are called."""
        called = fold("\n".join(c.name + table.name + table.caption for table in tables for c in table.columns))
        general = with_row_nouns(load_lexicon(), nouns)
        return fitting(general, lambda noun: self.support.holds(noun, Span(0, len(noun)), called))

    def _telling(self, tables: Sequence[Table], texts: Texts) -> Telling:
        """Return what tells a follow-up from a question of its own."""
        headers = "\n".join(fold(column.name) for table in tables for column in table.columns)
        return Telling(headers, self.units.pattern, texts, ClauseFollowUps(self.clauses, self._lexicon), self._plainly)

    def _written_out(self, text: str) -> str:
        return self._places_in_full(self._acronyms_in_full(text))

    @cached_property
    def subjects(self) -> Subjects:
        """What makes the keys by which one quantity is found under its other names."""
        return Subjects(self._knowledge)

    def understand(
        self,
        text: str,
        history: Sequence[str],
        documents: Sequence[str] | None,
        recall: RecallWithin = lambda *_: NOTHING,
    ) -> Understood:
        """Return what ``text`` asks of ``documents`` (ids; None for all), completed from earlier questions.

        It is put to those of them alone that it names. ``recall`` tells what the answer to an earlier question
        rests on.
        """
        asked = text
        text, *history = (as_meant(self._written_out(in_full_years(one))) for one in (text, *history))
        bound = self._binding.bind(text, history, documents, recall)
        if bound.unknown:
            return Understood(asked, self._reader.read(text), self.library.among(documents), unknown=bound.unknown)
        sourced = asks_for_source(bound.text) and not ("依据" in bound.text and self._heads_bases)
        standing = self._follow_ups.standing(bound.past) if sourced else []
        if standing and standing[-1].picked is None:
            before, chosen = standing[-1].text, self.library.among(bound.documents)
            return Understood(asked, self._reader.read(before), chosen, called=bound.called, source_of=before)
        understood = self._read(bound.text, bound.past, bound.documents)
        return replace(understood, asked=asked, called=bound.called)

    def alone(self, understood: Understood, document: ParsedDocument) -> Understood:
        """Return what the question asks of one of its documents, read as if there were no other."""
        read = self._understand(understood.complete, Past((), lambda _: NOTHING), (document.info.id,))
        return replace(read, asked=understood.asked, called=understood.called, anew=understood.anew)

    def side_by_side(self, understood: Understood) -> Understood | None:
        """Return the question put to the documents whose titles begin with two things it joins; None where none do."""
        scope = self.library.scope(understood.documents)
        found = self._names.read(understood.complete, scope, paired=True)
        if found.documents is None or understood.called:
            return None
        read = self._read(found.text, Past((), lambda _: NOTHING), found.documents)
        return replace(read, asked=understood.asked, called=found.called)

    def _read(self, text: str, past: Past, documents: Sequence[str] | None) -> Understood:
        """Return what ``text`` asks, in other words where it is not understood as typed."""
        return self._rewordings.read(lambda reworded: self._understand(reworded, past, documents), text)

    def _plainly(self, text: str) -> str:
        """Return an earlier question that stands alone, in plain words where it is understood only so."""
        return self._rewordings.plainly(lambda one: self._understand(one, Past((), lambda _: NOTHING), None), text)

    def _put_right(self, text: str) -> str:
        """Return an earlier question with mistyped names put right where that is certain, numbers called by name."""
        if self.clauses.read(text, self.library.documents) is not None:
            return text
        readings = self._spelling.readings(self._reader.read(text))
        respelt = readings[0].text if len(readings) == 1 else text
        named = self._numbered.spell_out(respelt)
        return respelt if isinstance(named, Beyond) else named

    def _numbered_in(self, documents: Sequence[ParsedDocument]) -> Numbered:
        """Return what numbers mean in ``documents``: in one its own groups and headings alone."""
        if len(documents) != 1 or len(self.library.documents) == 1:
            return self._numbered
        return self._numbered_alone(documents[0].info.id)

    def _understand(self, text: str, past: Past, documents: Sequence[str] | None) -> Understood:
        chosen, first = self.library.among(documents), self._reader.read(text)
        if chat := self._talk(first):
            return Understood(text, first, chosen, chat)
        complete = self._of_this_year(text, past, chosen) or self._follow_ups.stand_alone(text, past)
        if unasked := self._follow_ups.repeats_nothing(text, past):
            return Understood(text, first, chosen, unasked=unasked)
        if isinstance(complete, Picked):
            return Understood(text, self._reader.read(complete.standalone), chosen, picked=complete)
        if (structure := self.clauses.read(complete, chosen)) is not None:
            return Understood(text, self._reader.read(complete), chosen, complete=complete, structure=structure)
        numbered = self._numbered_in(chosen).spell_out(complete)
        named = self._follow_ups.pick(numbered, past.recall) if isinstance(numbered, str) else numbered
        if isinstance(named, Beyond):
            return Understood(text, first, chosen, beyond=named, complete=complete)
        standalone = named
        question, anew = self._reader.read(standalone), self._follow_ups.named_anew(text, standalone)
        shortlist = self._choice.choose(question, documents)
        understood = self._of_tables(Understood(text, question, chosen, complete=complete, anew=anew), shortlist)
        if not shortlist.each or any(map(is_across, understood.combinations)):
            return understood
        one_each = (replace(understood, documents=(one.tables[0][0],)) for one in shortlist.alone())
        parts = explain_together([self._of_tables(*both) for both in zip(one_each, shortlist.alone(), strict=True)])
        if understood.is_explained and not all(part.is_explained for part in parts):
            # What orders rows within each table is no comparison of the tables.
            kept = tuple(one for one in understood.combinations if one.operation is Combining.EACH)
            return replace(understood, combinations=kept)
        return replace(understood, by_table=parts)

    def _of_this_year(self, text: str, past: Past, chosen: Sequence[ParsedDocument]) -> str:
        """Return a follow-up completed as of the year that 今年 is in ``chosen``; empty where that completes none."""
        dated, years = naming_years(text, chosen) if past.questions else (text, ())
        said = [year.removesuffix("年") for year in years]
        earlier = tuple(naming_years(one, chosen)[0] for one in past.questions) if years else ()
        made = self._follow_ups.stand_alone(dated, replace(past, questions=earlier, standing=[])) if years else dated
        completed = isinstance(made, str) and made != dated and set(self._reader.read(made).years) <= set(said)
        return made if isinstance(made, str) and completed else ""

    def _of_tables(self, understood: Understood, shortlist: Shortlist) -> Understood:
        """Return what the question asks of the listed tables."""
        standalone, question = understood.standalone, understood.question
        reference = find_row_reference(question, shortlist, self.queries.speaks_of)
        beyond = reference if isinstance(reference, Beyond) else None
        if isinstance(reference, RowReference):
            plan: LookupPlan | None = self._planner.plan_row(standalone, reference)
        else:
            plan = self._planner.plan_lookup(standalone, shortlist)
        if plan is None or not plan.is_complete:
            plan = self._planner.plan_only_name(standalone, shortlist) or plan
        mentions = self._values.find(question.key, shortlist.places)
        offered = ask_for_column(standalone, mentions, shortlist.tables)
        if offered is not None and (chosen := self._planner.plan_lookup(offered, shortlist)) and chosen.is_complete:
            plan = chosen
        if plan is not None and names_part_of_value(plan, mentions):
            plan = None
        queries = self.queries.plan(standalone, shortlist)
        narrow = [one for one in queries if not one.unexplained and sum(bool(c.values) for c in one.conditions) > 1]
        if plan is not None and narrow and Ask.LIST in question.asks and names_only_values(plan, mentions):
            plan = None
        single = queries[0] if len(queries) == 1 and not queries[0].unexplained else None
        # 研发占GDP比重 is the name of one row, no share of two.
        names_share = plan is not None and plan.is_complete and any(word in plan.named for word in _SHARE_WORDS)
        combined = self._combinations.plan(standalone, shortlist, single)
        combined = tuple(one for one in combined if not names_share or one.operation is not Combining.PERCENT)
        if plan is None or not plan.is_complete:
            plan = self._combinations.plan_each(standalone, shortlist) or plan
        return replace(
            understood,
            beyond=beyond,
            plan=plan,
            queries=queries,
            combinations=combined,
            changes=None if combined else plan_changes(standalone, self.queries, shortlist),
            tables=shortlist.tables,
        )

    def listed_in(self, sentence: str, question: str) -> tuple[str, ...]:
        """Return the things that a sentence lists in answer to ``question``, as it calls them; empty for none."""
        return self._lists.find(sentence, question)

    def read(self, text: str) -> Question:
        """Return ``text`` with its mentions marked, as it stands."""
        return self._reader.read(text)

    def searched(self, text: str) -> str:
        """Return what of ``text`` is looked for by its words."""
        return searched_words(self._reader.read(text))

    def names_attribute(self, text: str) -> bool:
        """Return whether ``text`` asks for something else of a thing than a figure: its agency, place, time or unit."""
        others = {*AGENCY_ATTRIBUTES, "place", "period", "unit", "content", "category"}
        return bool(others & set(self._reader.read(text).named(MentionKind.ATTRIBUTE)))

    def values_in(self, question: Question) -> tuple[ValueMention, ...]:
        """Return the values of columns and groups that the question names."""
        return self._values.find(question.key)

    def clauses_that_ask(self, text: str) -> tuple[str, ...]:
        """Return the clauses of ``text`` where each of them asks something itself; empty otherwise."""
        return clauses_that_ask(text, self._reader, self._values)

    def named_in(self, text: str) -> str:
        """Return what ``text`` calls the rows or clauses that it asks about; empty where it says more else."""
        plan = self._planner.plan_lookup(text)
        return plan.named if plan is not None and plan.is_close else ""


def _first_years(tables: Sequence[Table]) -> frozenset[str]:
    """Return the first year of each table that has years."""
    return frozenset(min(years) for table in tables if (years := set(map(year_of, table.columns)) - {""}))
