-- The first schema of a ledger, on SQLite. Statements are parted by empty lines. Generated once; never edited after release.

CREATE TABLE articles (
  number INTEGER NOT NULL,
  id TEXT NOT NULL,
  title TEXT,
  url TEXT,
  publisher TEXT,
  authors TEXT NOT NULL,
  published TEXT,
  published_day TEXT,
  retrieved TEXT,
  language TEXT NOT NULL,
  text TEXT NOT NULL,
  repairs TEXT NOT NULL,
  words INTEGER NOT NULL,
  changed_at TEXT NOT NULL,
  CONSTRAINT pk_articles PRIMARY KEY (number),
  CONSTRAINT uq_articles_id UNIQUE (id)
) STRICT;

CREATE INDEX ix_articles_changed_at ON articles (changed_at);

CREATE INDEX ix_articles_published_day ON articles (published_day);

CREATE TABLE clock (
  id INTEGER NOT NULL CONSTRAINT ck_clock_one CHECK (id = 1),
  changed_at TEXT NOT NULL,
  CONSTRAINT pk_clock PRIMARY KEY (id)
) STRICT;

CREATE TABLE corrections (
  id INTEGER NOT NULL,
  article_id TEXT NOT NULL,
  record_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  action TEXT NOT NULL CONSTRAINT ck_corrections_action CHECK (action IN ('accept', 'reject', 'edit', 'add', 'undo')),
  field TEXT,
  value TEXT,
  record TEXT,
  undoes INTEGER,
  reviewer TEXT NOT NULL,
  note TEXT,
  changed_at TEXT NOT NULL,
  CONSTRAINT pk_corrections PRIMARY KEY (id),
  CONSTRAINT fk_corrections_undoes FOREIGN KEY(undoes) REFERENCES corrections (id)
) STRICT;

CREATE INDEX ix_corrections_article_id ON corrections (article_id);

CREATE INDEX ix_corrections_changed_at ON corrections (changed_at);

CREATE INDEX ix_corrections_record_id ON corrections (record_id);

CREATE UNIQUE INDEX uq_corrections_undoes ON corrections (undoes);

CREATE TABLE deletions (
  id INTEGER NOT NULL,
  kind TEXT NOT NULL,
  record_id TEXT NOT NULL,
  article_id TEXT NOT NULL,
  changed_at TEXT NOT NULL,
  CONSTRAINT pk_deletions PRIMARY KEY (id)
) STRICT;

CREATE INDEX ix_deletions_changed_at ON deletions (changed_at);

CREATE TABLE rejected (
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  error TEXT NOT NULL,
  seen TEXT NOT NULL,
  remedy TEXT NOT NULL,
  raw BLOB,
  whole INTEGER NOT NULL,
  changed_at TEXT NOT NULL,
  CONSTRAINT pk_rejected PRIMARY KEY (id)
) STRICT;

CREATE INDEX ix_rejected_changed_at ON rejected (changed_at);

CREATE TABLE entities (
  id TEXT NOT NULL,
  article_id TEXT NOT NULL,
  local_id TEXT NOT NULL,
  name TEXT NOT NULL,
  name_folded TEXT NOT NULL,
  kind TEXT NOT NULL,
  country TEXT,
  sectors TEXT NOT NULL,
  role TEXT,
  "key" TEXT,
  because TEXT NOT NULL,
  review TEXT NOT NULL,
  changed_at TEXT NOT NULL,
  CONSTRAINT pk_entities PRIMARY KEY (id),
  CONSTRAINT fk_entities_article_id FOREIGN KEY(article_id) REFERENCES articles (id) ON DELETE CASCADE
) STRICT;

CREATE INDEX ix_entities_article_id ON entities (article_id);

CREATE INDEX ix_entities_changed_at ON entities (changed_at);

CREATE INDEX ix_entities_key ON entities ("key", name_folded);

CREATE INDEX ix_entities_name_folded ON entities (name_folded, "key");

CREATE TABLE places (
  id TEXT NOT NULL,
  article_id TEXT NOT NULL,
  local_id TEXT NOT NULL,
  name TEXT NOT NULL,
  name_folded TEXT NOT NULL,
  country TEXT,
  admin1 TEXT,
  latitude REAL,
  longitude REAL,
  precision TEXT,
  "key" TEXT,
  review TEXT NOT NULL,
  changed_at TEXT NOT NULL,
  CONSTRAINT pk_places PRIMARY KEY (id),
  CONSTRAINT fk_places_article_id FOREIGN KEY(article_id) REFERENCES articles (id) ON DELETE CASCADE
) STRICT;

CREATE INDEX ix_places_article_id ON places (article_id);

CREATE INDEX ix_places_changed_at ON places (changed_at);

CREATE TABLE readings (
  article_id TEXT NOT NULL,
  version TEXT NOT NULL,
  json TEXT NOT NULL,
  changed_at TEXT NOT NULL,
  CONSTRAINT pk_readings PRIMARY KEY (article_id),
  CONSTRAINT fk_readings_article_id FOREIGN KEY(article_id) REFERENCES articles (id) ON DELETE CASCADE
) STRICT;

CREATE TABLE sightings (
  id TEXT NOT NULL,
  article_id TEXT NOT NULL,
  name TEXT NOT NULL,
  title TEXT,
  url TEXT,
  publisher TEXT,
  published TEXT,
  changed_at TEXT NOT NULL,
  CONSTRAINT pk_sightings PRIMARY KEY (id),
  CONSTRAINT fk_sightings_article_id FOREIGN KEY(article_id) REFERENCES articles (id) ON DELETE CASCADE
) STRICT;

CREATE INDEX ix_sightings_article_id ON sightings (article_id);

CREATE TABLE times (
  id TEXT NOT NULL,
  article_id TEXT NOT NULL,
  local_id TEXT NOT NULL,
  span_start INTEGER NOT NULL,
  span_end INTEGER NOT NULL,
  span_text TEXT NOT NULL,
  value TEXT NOT NULL,
  start TEXT,
  "end" TEXT,
  granularity TEXT NOT NULL,
  anchored INTEGER NOT NULL,
  review TEXT NOT NULL,
  changed_at TEXT NOT NULL,
  CONSTRAINT pk_times PRIMARY KEY (id),
  CONSTRAINT fk_times_article_id FOREIGN KEY(article_id) REFERENCES articles (id) ON DELETE CASCADE
) STRICT;

CREATE INDEX ix_times_article_id ON times (article_id);

CREATE INDEX ix_times_changed_at ON times (changed_at);

CREATE TABLE events (
  id TEXT NOT NULL,
  article_id TEXT NOT NULL,
  local_id TEXT NOT NULL,
  type TEXT NOT NULL,
  mode TEXT,
  contexts TEXT NOT NULL,
  status TEXT NOT NULL,
  sourcing TEXT NOT NULL,
  place_id TEXT,
  place TEXT,
  place_folded TEXT,
  place_country TEXT,
  latitude REAL,
  longitude REAL,
  time_id TEXT,
  first_day TEXT NOT NULL,
  last_day TEXT NOT NULL,
  span_start INTEGER NOT NULL,
  span_end INTEGER NOT NULL,
  span_text TEXT NOT NULL,
  sentence_start INTEGER NOT NULL,
  sentence_end INTEGER NOT NULL,
  sentence_text TEXT NOT NULL,
  because TEXT NOT NULL,
  review TEXT NOT NULL,
  changed_at TEXT NOT NULL,
  CONSTRAINT pk_events PRIMARY KEY (id),
  CONSTRAINT fk_events_article_id FOREIGN KEY(article_id) REFERENCES articles (id) ON DELETE CASCADE,
  CONSTRAINT fk_events_place_id FOREIGN KEY(place_id) REFERENCES places (id) ON DELETE CASCADE,
  CONSTRAINT fk_events_time_id FOREIGN KEY(time_id) REFERENCES times (id) ON DELETE CASCADE
) STRICT;

CREATE INDEX ix_events_article_id ON events (article_id);

CREATE INDEX ix_events_changed_at ON events (changed_at);

CREATE INDEX ix_events_day ON events (first_day DESC, id DESC);

CREATE INDEX ix_events_place_country_day ON events (place_country, first_day DESC, id DESC);

CREATE INDEX ix_events_place_day ON events (place_folded, first_day DESC, id DESC);

CREATE INDEX ix_events_place_id ON events (place_id);

CREATE INDEX ix_events_status_day ON events (status, first_day DESC, id DESC);

CREATE INDEX ix_events_time_id ON events (time_id);

CREATE INDEX ix_events_type_day ON events (type, first_day DESC, id DESC);

CREATE INDEX ix_events_type_status_day ON events (type, status, first_day DESC, id DESC);

CREATE TABLE mentions (
  id INTEGER NOT NULL,
  article_id TEXT NOT NULL,
  entity_id TEXT,
  place_id TEXT,
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  text TEXT NOT NULL,
  form TEXT,
  CONSTRAINT pk_mentions PRIMARY KEY (id),
  CONSTRAINT ck_mentions_of_one CHECK ((entity_id IS NULL) <> (place_id IS NULL)),
  CONSTRAINT fk_mentions_article_id FOREIGN KEY(article_id) REFERENCES articles (id) ON DELETE CASCADE,
  CONSTRAINT fk_mentions_entity_id FOREIGN KEY(entity_id) REFERENCES entities (id) ON DELETE CASCADE,
  CONSTRAINT fk_mentions_place_id FOREIGN KEY(place_id) REFERENCES places (id) ON DELETE CASCADE
) STRICT;

CREATE INDEX ix_mentions_article_id ON mentions (article_id);

CREATE INDEX ix_mentions_entity_id ON mentions (entity_id);

CREATE INDEX ix_mentions_place_id ON mentions (place_id);

CREATE TABLE statements (
  id TEXT NOT NULL,
  article_id TEXT NOT NULL,
  local_id TEXT NOT NULL,
  speaker_id TEXT,
  medium_id TEXT,
  cue_start INTEGER,
  cue_end INTEGER,
  cue_text TEXT,
  content TEXT NOT NULL,
  style TEXT NOT NULL,
  stance TEXT NOT NULL,
  review TEXT NOT NULL,
  changed_at TEXT NOT NULL,
  CONSTRAINT pk_statements PRIMARY KEY (id),
  CONSTRAINT fk_statements_article_id FOREIGN KEY(article_id) REFERENCES articles (id) ON DELETE CASCADE,
  CONSTRAINT fk_statements_speaker_id FOREIGN KEY(speaker_id) REFERENCES entities (id) ON DELETE CASCADE,
  CONSTRAINT fk_statements_medium_id FOREIGN KEY(medium_id) REFERENCES entities (id) ON DELETE CASCADE
) STRICT;

CREATE INDEX ix_statements_article_id ON statements (article_id);

CREATE INDEX ix_statements_changed_at ON statements (changed_at);

CREATE INDEX ix_statements_medium_id ON statements (medium_id);

CREATE INDEX ix_statements_speaker_id ON statements (speaker_id);

CREATE TABLE attributions (
  record_id TEXT NOT NULL,
  position INTEGER NOT NULL,
  kind TEXT NOT NULL CONSTRAINT ck_attributions_kind CHECK (kind IN ('event', 'figure', 'statement')),
  article_id TEXT NOT NULL,
  statement_id TEXT NOT NULL,
  speaker_folded TEXT,
  first_day TEXT NOT NULL,
  CONSTRAINT pk_attributions PRIMARY KEY (record_id, position),
  CONSTRAINT fk_attributions_article_id FOREIGN KEY(article_id) REFERENCES articles (id) ON DELETE CASCADE,
  CONSTRAINT fk_attributions_statement_id FOREIGN KEY(statement_id) REFERENCES statements (id) ON DELETE CASCADE
) STRICT;

CREATE INDEX ix_attributions_article_id ON attributions (article_id);

CREATE INDEX ix_attributions_speaker_day ON attributions (kind, speaker_folded, first_day DESC, record_id DESC);

CREATE INDEX ix_attributions_statement_id ON attributions (statement_id);

CREATE TABLE event_parties (
  event_id TEXT NOT NULL,
  side TEXT NOT NULL CONSTRAINT ck_event_parties_side CHECK (side IN ('actor', 'recipient')),
  position INTEGER NOT NULL,
  article_id TEXT NOT NULL,
  entity_id TEXT NOT NULL,
  name_folded TEXT NOT NULL,
  country TEXT,
  type TEXT NOT NULL,
  status TEXT NOT NULL,
  first_day TEXT NOT NULL,
  CONSTRAINT pk_event_parties PRIMARY KEY (event_id, side, position),
  CONSTRAINT fk_event_parties_event_id FOREIGN KEY(event_id) REFERENCES events (id) ON DELETE CASCADE,
  CONSTRAINT fk_event_parties_article_id FOREIGN KEY(article_id) REFERENCES articles (id) ON DELETE CASCADE,
  CONSTRAINT fk_event_parties_entity_id FOREIGN KEY(entity_id) REFERENCES entities (id) ON DELETE CASCADE
) STRICT;

CREATE INDEX ix_event_parties_article_id ON event_parties (article_id);

CREATE INDEX ix_event_parties_country_day ON event_parties (country, first_day DESC, event_id DESC);

CREATE INDEX ix_event_parties_entity_id ON event_parties (entity_id);

CREATE INDEX ix_event_parties_name_day ON event_parties (name_folded, first_day DESC, event_id DESC);

CREATE TABLE figures (
  id TEXT NOT NULL,
  article_id TEXT NOT NULL,
  local_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  low INTEGER,
  high INTEGER,
  bound TEXT NOT NULL,
  scope TEXT NOT NULL,
  whom TEXT,
  place_id TEXT,
  time_id TEXT,
  event_id TEXT,
  first_day TEXT NOT NULL,
  last_day TEXT NOT NULL,
  span_start INTEGER NOT NULL,
  span_end INTEGER NOT NULL,
  span_text TEXT NOT NULL,
  sentence_start INTEGER NOT NULL,
  sentence_end INTEGER NOT NULL,
  sentence_text TEXT NOT NULL,
  because TEXT NOT NULL,
  review TEXT NOT NULL,
  changed_at TEXT NOT NULL,
  CONSTRAINT pk_figures PRIMARY KEY (id),
  CONSTRAINT fk_figures_article_id FOREIGN KEY(article_id) REFERENCES articles (id) ON DELETE CASCADE,
  CONSTRAINT fk_figures_place_id FOREIGN KEY(place_id) REFERENCES places (id) ON DELETE CASCADE,
  CONSTRAINT fk_figures_time_id FOREIGN KEY(time_id) REFERENCES times (id) ON DELETE CASCADE,
  CONSTRAINT fk_figures_event_id FOREIGN KEY(event_id) REFERENCES events (id) ON DELETE CASCADE
) STRICT;

CREATE INDEX ix_figures_article_id ON figures (article_id);

CREATE INDEX ix_figures_changed_at ON figures (changed_at);

CREATE INDEX ix_figures_event_id ON figures (event_id);

CREATE INDEX ix_figures_kind_day ON figures (kind, first_day DESC, id DESC);

CREATE INDEX ix_figures_place_id ON figures (place_id);

CREATE INDEX ix_figures_time_id ON figures (time_id);

CREATE VIRTUAL TABLE articles_fts USING fts5(
  title, text, content="articles", content_rowid="number", tokenize='porter unicode61 remove_diacritics 2'
);

CREATE TRIGGER articles_fts_added AFTER INSERT ON articles BEGIN
  INSERT INTO articles_fts(rowid, title, text) VALUES (new.number, new.title, new.text);
END;

CREATE TRIGGER articles_fts_deleted AFTER DELETE ON articles BEGIN
  INSERT INTO articles_fts(articles_fts, rowid, title, text) VALUES ('delete', old.number, old.title, old.text);
END;

CREATE TRIGGER articles_fts_changed AFTER UPDATE OF title, text ON articles BEGIN
  INSERT INTO articles_fts(articles_fts, rowid, title, text) VALUES ('delete', old.number, old.title, old.text);
  INSERT INTO articles_fts(rowid, title, text) VALUES (new.number, new.title, new.text);
END;

CREATE TRIGGER corrections_kept_u BEFORE UPDATE ON corrections BEGIN
  SELECT RAISE(ABORT, 'corrections are only ever added to');
END;

CREATE TRIGGER corrections_kept_d BEFORE DELETE ON corrections BEGIN
  SELECT RAISE(ABORT, 'corrections are only ever added to');
END;

CREATE VIEW changes AS
SELECT changed_at, 'article' AS kind, id AS record_id, id AS article_id, 'changed' AS action FROM articles
UNION ALL SELECT changed_at, 'entity' AS kind, id AS record_id, article_id AS article_id, 'changed' AS action FROM entities
UNION ALL SELECT changed_at, 'place' AS kind, id AS record_id, article_id AS article_id, 'changed' AS action FROM places
UNION ALL SELECT changed_at, 'time' AS kind, id AS record_id, article_id AS article_id, 'changed' AS action FROM times
UNION ALL SELECT changed_at, 'statement' AS kind, id AS record_id, article_id AS article_id, 'changed' AS action FROM statements
UNION ALL SELECT changed_at, 'event' AS kind, id AS record_id, article_id AS article_id, 'changed' AS action FROM events
UNION ALL SELECT changed_at, 'figure' AS kind, id AS record_id, article_id AS article_id, 'changed' AS action FROM figures
UNION ALL SELECT changed_at, 'rejected', id, NULL, 'changed' FROM rejected
UNION ALL SELECT changed_at, 'correction', CAST(id AS TEXT), article_id, 'changed' FROM corrections
UNION ALL SELECT changed_at, kind, record_id, article_id, 'deleted' FROM deletions;

CREATE VIEW event_list AS
SELECT e.id, e.first_day, e.last_day, e.status, e.type, e.mode,
  (SELECT group_concat(name, ', ') FROM (SELECT n.name FROM event_parties p JOIN entities n ON n.id = p.entity_id
   WHERE p.event_id = e.id AND p.side = 'actor' ORDER BY p.position)) AS actors,
  e.span_text AS words,
  (SELECT group_concat(name, ', ') FROM (SELECT n.name FROM event_parties p JOIN entities n ON n.id = p.entity_id
   WHERE p.event_id = e.id AND p.side = 'recipient' ORDER BY p.position)) AS recipients,
  e.place, e.latitude, e.longitude,
  (SELECT group_concat(name, ', ') FROM (SELECT n.name FROM attributions a JOIN statements s ON s.id = a.statement_id
   JOIN entities n ON n.id = s.speaker_id WHERE a.record_id = e.id ORDER BY a.position)) AS according_to,
  e.sentence_text AS sentence, r.title, r.publisher, r.published, r.url, e.review, e.article_id
FROM events e JOIN articles r ON r.id = e.article_id;

INSERT INTO clock (id, changed_at) VALUES (1, '1970-01-01T00:00:00.000000Z');
