-- The first schema of a ledger, on PostgreSQL. Statements are parted by empty lines. Generated once; never edited after release.

CREATE TABLE articles (
  number SERIAL NOT NULL,
  id TEXT COLLATE "C" NOT NULL,
  title TEXT COLLATE "C",
  url TEXT COLLATE "C",
  publisher TEXT COLLATE "C",
  authors TEXT NOT NULL,
  published TEXT COLLATE "C",
  published_day TEXT COLLATE "C",
  retrieved TEXT COLLATE "C",
  language TEXT COLLATE "C" NOT NULL,
  text TEXT COLLATE "C" NOT NULL,
  repairs TEXT NOT NULL,
  words BIGINT NOT NULL,
  changed_at TEXT COLLATE "C" NOT NULL,
  CONSTRAINT pk_articles PRIMARY KEY (number),
  CONSTRAINT uq_articles_id UNIQUE (id)
);

CREATE INDEX ix_articles_changed_at ON articles (changed_at);

CREATE INDEX ix_articles_published_day ON articles (published_day);

CREATE TABLE clock (
  id INTEGER NOT NULL CONSTRAINT ck_clock_one CHECK (id = 1),
  changed_at TEXT COLLATE "C" NOT NULL,
  CONSTRAINT pk_clock PRIMARY KEY (id)
);

CREATE TABLE corrections (
  id SERIAL NOT NULL,
  article_id TEXT COLLATE "C" NOT NULL,
  record_id TEXT COLLATE "C" NOT NULL,
  kind TEXT COLLATE "C" NOT NULL,
  action TEXT COLLATE "C" NOT NULL CONSTRAINT ck_corrections_action CHECK (action IN ('accept', 'reject', 'edit', 'add', 'undo')),
  field TEXT COLLATE "C",
  value TEXT,
  record TEXT,
  undoes INTEGER,
  reviewer TEXT COLLATE "C" NOT NULL,
  note TEXT COLLATE "C",
  changed_at TEXT COLLATE "C" NOT NULL,
  CONSTRAINT pk_corrections PRIMARY KEY (id),
  CONSTRAINT fk_corrections_undoes FOREIGN KEY(undoes) REFERENCES corrections (id)
);

CREATE INDEX ix_corrections_article_id ON corrections (article_id);

CREATE INDEX ix_corrections_changed_at ON corrections (changed_at);

CREATE INDEX ix_corrections_record_id ON corrections (record_id);

CREATE UNIQUE INDEX uq_corrections_undoes ON corrections (undoes);

CREATE TABLE deletions (
  id SERIAL NOT NULL,
  kind TEXT COLLATE "C" NOT NULL,
  record_id TEXT COLLATE "C" NOT NULL,
  article_id TEXT COLLATE "C" NOT NULL,
  changed_at TEXT COLLATE "C" NOT NULL,
  CONSTRAINT pk_deletions PRIMARY KEY (id)
);

CREATE INDEX ix_deletions_changed_at ON deletions (changed_at);

CREATE TABLE rejected (
  id TEXT COLLATE "C" NOT NULL,
  name TEXT COLLATE "C" NOT NULL,
  error TEXT COLLATE "C" NOT NULL,
  seen TEXT COLLATE "C" NOT NULL,
  remedy TEXT COLLATE "C" NOT NULL,
  raw BYTEA,
  whole BOOLEAN NOT NULL,
  changed_at TEXT COLLATE "C" NOT NULL,
  CONSTRAINT pk_rejected PRIMARY KEY (id)
);

CREATE INDEX ix_rejected_changed_at ON rejected (changed_at);

CREATE TABLE entities (
  id TEXT COLLATE "C" NOT NULL,
  article_id TEXT COLLATE "C" NOT NULL,
  local_id TEXT COLLATE "C" NOT NULL,
  name TEXT COLLATE "C" NOT NULL,
  name_folded TEXT COLLATE "C" NOT NULL,
  kind TEXT COLLATE "C" NOT NULL,
  country TEXT COLLATE "C",
  sectors TEXT NOT NULL,
  role TEXT COLLATE "C",
  key TEXT COLLATE "C",
  because TEXT COLLATE "C" NOT NULL,
  review TEXT COLLATE "C" NOT NULL,
  changed_at TEXT COLLATE "C" NOT NULL,
  CONSTRAINT pk_entities PRIMARY KEY (id),
  CONSTRAINT fk_entities_article_id FOREIGN KEY(article_id) REFERENCES articles (id) ON DELETE CASCADE
);

CREATE INDEX ix_entities_article_id ON entities (article_id);

CREATE INDEX ix_entities_changed_at ON entities (changed_at);

CREATE INDEX ix_entities_key ON entities (key, name_folded);

CREATE INDEX ix_entities_name_folded ON entities (name_folded, key);

CREATE TABLE places (
  id TEXT COLLATE "C" NOT NULL,
  article_id TEXT COLLATE "C" NOT NULL,
  local_id TEXT COLLATE "C" NOT NULL,
  name TEXT COLLATE "C" NOT NULL,
  name_folded TEXT COLLATE "C" NOT NULL,
  country TEXT COLLATE "C",
  admin1 TEXT COLLATE "C",
  latitude DOUBLE PRECISION,
  longitude DOUBLE PRECISION,
  precision TEXT COLLATE "C",
  key TEXT COLLATE "C",
  review TEXT COLLATE "C" NOT NULL,
  changed_at TEXT COLLATE "C" NOT NULL,
  CONSTRAINT pk_places PRIMARY KEY (id),
  CONSTRAINT fk_places_article_id FOREIGN KEY(article_id) REFERENCES articles (id) ON DELETE CASCADE
);

CREATE INDEX ix_places_article_id ON places (article_id);

CREATE INDEX ix_places_changed_at ON places (changed_at);

CREATE TABLE readings (
  article_id TEXT COLLATE "C" NOT NULL,
  version TEXT COLLATE "C" NOT NULL,
  json TEXT COLLATE "C" NOT NULL,
  changed_at TEXT COLLATE "C" NOT NULL,
  CONSTRAINT pk_readings PRIMARY KEY (article_id),
  CONSTRAINT fk_readings_article_id FOREIGN KEY(article_id) REFERENCES articles (id) ON DELETE CASCADE
);

CREATE TABLE sightings (
  id TEXT COLLATE "C" NOT NULL,
  article_id TEXT COLLATE "C" NOT NULL,
  name TEXT COLLATE "C" NOT NULL,
  title TEXT COLLATE "C",
  url TEXT COLLATE "C",
  publisher TEXT COLLATE "C",
  published TEXT COLLATE "C",
  changed_at TEXT COLLATE "C" NOT NULL,
  CONSTRAINT pk_sightings PRIMARY KEY (id),
  CONSTRAINT fk_sightings_article_id FOREIGN KEY(article_id) REFERENCES articles (id) ON DELETE CASCADE
);

CREATE INDEX ix_sightings_article_id ON sightings (article_id);

CREATE TABLE times (
  id TEXT COLLATE "C" NOT NULL,
  article_id TEXT COLLATE "C" NOT NULL,
  local_id TEXT COLLATE "C" NOT NULL,
  span_start BIGINT NOT NULL,
  span_end BIGINT NOT NULL,
  span_text TEXT COLLATE "C" NOT NULL,
  value TEXT COLLATE "C" NOT NULL,
  start TEXT COLLATE "C",
  "end" TEXT COLLATE "C",
  granularity TEXT COLLATE "C" NOT NULL,
  anchored BOOLEAN NOT NULL,
  review TEXT COLLATE "C" NOT NULL,
  changed_at TEXT COLLATE "C" NOT NULL,
  CONSTRAINT pk_times PRIMARY KEY (id),
  CONSTRAINT fk_times_article_id FOREIGN KEY(article_id) REFERENCES articles (id) ON DELETE CASCADE
);

CREATE INDEX ix_times_article_id ON times (article_id);

CREATE INDEX ix_times_changed_at ON times (changed_at);

CREATE TABLE events (
  id TEXT COLLATE "C" NOT NULL,
  article_id TEXT COLLATE "C" NOT NULL,
  local_id TEXT COLLATE "C" NOT NULL,
  type TEXT COLLATE "C" NOT NULL,
  mode TEXT COLLATE "C",
  contexts TEXT NOT NULL,
  status TEXT COLLATE "C" NOT NULL,
  sourcing TEXT COLLATE "C" NOT NULL,
  place_id TEXT COLLATE "C",
  place TEXT COLLATE "C",
  place_folded TEXT COLLATE "C",
  place_country TEXT COLLATE "C",
  latitude DOUBLE PRECISION,
  longitude DOUBLE PRECISION,
  time_id TEXT COLLATE "C",
  first_day TEXT COLLATE "C" NOT NULL,
  last_day TEXT COLLATE "C" NOT NULL,
  span_start BIGINT NOT NULL,
  span_end BIGINT NOT NULL,
  span_text TEXT COLLATE "C" NOT NULL,
  sentence_start BIGINT NOT NULL,
  sentence_end BIGINT NOT NULL,
  sentence_text TEXT COLLATE "C" NOT NULL,
  because TEXT COLLATE "C" NOT NULL,
  review TEXT COLLATE "C" NOT NULL,
  changed_at TEXT COLLATE "C" NOT NULL,
  CONSTRAINT pk_events PRIMARY KEY (id),
  CONSTRAINT fk_events_article_id FOREIGN KEY(article_id) REFERENCES articles (id) ON DELETE CASCADE,
  CONSTRAINT fk_events_place_id FOREIGN KEY(place_id) REFERENCES places (id) ON DELETE CASCADE,
  CONSTRAINT fk_events_time_id FOREIGN KEY(time_id) REFERENCES times (id) ON DELETE CASCADE
);

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
  id SERIAL NOT NULL,
  article_id TEXT COLLATE "C" NOT NULL,
  entity_id TEXT COLLATE "C",
  place_id TEXT COLLATE "C",
  start BIGINT NOT NULL,
  "end" BIGINT NOT NULL,
  text TEXT COLLATE "C" NOT NULL,
  form TEXT COLLATE "C",
  CONSTRAINT pk_mentions PRIMARY KEY (id),
  CONSTRAINT ck_mentions_of_one CHECK ((entity_id IS NULL) <> (place_id IS NULL)),
  CONSTRAINT fk_mentions_article_id FOREIGN KEY(article_id) REFERENCES articles (id) ON DELETE CASCADE,
  CONSTRAINT fk_mentions_entity_id FOREIGN KEY(entity_id) REFERENCES entities (id) ON DELETE CASCADE,
  CONSTRAINT fk_mentions_place_id FOREIGN KEY(place_id) REFERENCES places (id) ON DELETE CASCADE
);

CREATE INDEX ix_mentions_article_id ON mentions (article_id);

CREATE INDEX ix_mentions_entity_id ON mentions (entity_id);

CREATE INDEX ix_mentions_place_id ON mentions (place_id);

CREATE TABLE statements (
  id TEXT COLLATE "C" NOT NULL,
  article_id TEXT COLLATE "C" NOT NULL,
  local_id TEXT COLLATE "C" NOT NULL,
  speaker_id TEXT COLLATE "C",
  medium_id TEXT COLLATE "C",
  cue_start BIGINT,
  cue_end BIGINT,
  cue_text TEXT COLLATE "C",
  content TEXT NOT NULL,
  style TEXT COLLATE "C" NOT NULL,
  stance TEXT COLLATE "C" NOT NULL,
  review TEXT COLLATE "C" NOT NULL,
  changed_at TEXT COLLATE "C" NOT NULL,
  CONSTRAINT pk_statements PRIMARY KEY (id),
  CONSTRAINT fk_statements_article_id FOREIGN KEY(article_id) REFERENCES articles (id) ON DELETE CASCADE,
  CONSTRAINT fk_statements_speaker_id FOREIGN KEY(speaker_id) REFERENCES entities (id) ON DELETE CASCADE,
  CONSTRAINT fk_statements_medium_id FOREIGN KEY(medium_id) REFERENCES entities (id) ON DELETE CASCADE
);

CREATE INDEX ix_statements_article_id ON statements (article_id);

CREATE INDEX ix_statements_changed_at ON statements (changed_at);

CREATE INDEX ix_statements_medium_id ON statements (medium_id);

CREATE INDEX ix_statements_speaker_id ON statements (speaker_id);

CREATE TABLE attributions (
  record_id TEXT COLLATE "C" NOT NULL,
  position INTEGER NOT NULL,
  kind TEXT COLLATE "C" NOT NULL CONSTRAINT ck_attributions_kind CHECK (kind IN ('event', 'figure', 'statement')),
  article_id TEXT COLLATE "C" NOT NULL,
  statement_id TEXT COLLATE "C" NOT NULL,
  speaker_folded TEXT COLLATE "C",
  first_day TEXT COLLATE "C" NOT NULL,
  CONSTRAINT pk_attributions PRIMARY KEY (record_id, position),
  CONSTRAINT fk_attributions_article_id FOREIGN KEY(article_id) REFERENCES articles (id) ON DELETE CASCADE,
  CONSTRAINT fk_attributions_statement_id FOREIGN KEY(statement_id) REFERENCES statements (id) ON DELETE CASCADE
);

CREATE INDEX ix_attributions_article_id ON attributions (article_id);

CREATE INDEX ix_attributions_speaker_day ON attributions (kind, speaker_folded, first_day DESC, record_id DESC);

CREATE INDEX ix_attributions_statement_id ON attributions (statement_id);

CREATE TABLE event_parties (
  event_id TEXT COLLATE "C" NOT NULL,
  side TEXT COLLATE "C" NOT NULL CONSTRAINT ck_event_parties_side CHECK (side IN ('actor', 'recipient')),
  position INTEGER NOT NULL,
  article_id TEXT COLLATE "C" NOT NULL,
  entity_id TEXT COLLATE "C" NOT NULL,
  name_folded TEXT COLLATE "C" NOT NULL,
  country TEXT COLLATE "C",
  type TEXT COLLATE "C" NOT NULL,
  status TEXT COLLATE "C" NOT NULL,
  first_day TEXT COLLATE "C" NOT NULL,
  CONSTRAINT pk_event_parties PRIMARY KEY (event_id, side, position),
  CONSTRAINT fk_event_parties_event_id FOREIGN KEY(event_id) REFERENCES events (id) ON DELETE CASCADE,
  CONSTRAINT fk_event_parties_article_id FOREIGN KEY(article_id) REFERENCES articles (id) ON DELETE CASCADE,
  CONSTRAINT fk_event_parties_entity_id FOREIGN KEY(entity_id) REFERENCES entities (id) ON DELETE CASCADE
);

CREATE INDEX ix_event_parties_article_id ON event_parties (article_id);

CREATE INDEX ix_event_parties_country_day ON event_parties (country, first_day DESC, event_id DESC);

CREATE INDEX ix_event_parties_entity_id ON event_parties (entity_id);

CREATE INDEX ix_event_parties_name_day ON event_parties (name_folded, first_day DESC, event_id DESC);

CREATE TABLE figures (
  id TEXT COLLATE "C" NOT NULL,
  article_id TEXT COLLATE "C" NOT NULL,
  local_id TEXT COLLATE "C" NOT NULL,
  kind TEXT COLLATE "C" NOT NULL,
  low BIGINT,
  high BIGINT,
  bound TEXT COLLATE "C" NOT NULL,
  scope TEXT COLLATE "C" NOT NULL,
  whom TEXT COLLATE "C",
  place_id TEXT COLLATE "C",
  time_id TEXT COLLATE "C",
  event_id TEXT COLLATE "C",
  first_day TEXT COLLATE "C" NOT NULL,
  last_day TEXT COLLATE "C" NOT NULL,
  span_start BIGINT NOT NULL,
  span_end BIGINT NOT NULL,
  span_text TEXT COLLATE "C" NOT NULL,
  sentence_start BIGINT NOT NULL,
  sentence_end BIGINT NOT NULL,
  sentence_text TEXT COLLATE "C" NOT NULL,
  because TEXT COLLATE "C" NOT NULL,
  review TEXT COLLATE "C" NOT NULL,
  changed_at TEXT COLLATE "C" NOT NULL,
  CONSTRAINT pk_figures PRIMARY KEY (id),
  CONSTRAINT fk_figures_article_id FOREIGN KEY(article_id) REFERENCES articles (id) ON DELETE CASCADE,
  CONSTRAINT fk_figures_place_id FOREIGN KEY(place_id) REFERENCES places (id) ON DELETE CASCADE,
  CONSTRAINT fk_figures_time_id FOREIGN KEY(time_id) REFERENCES times (id) ON DELETE CASCADE,
  CONSTRAINT fk_figures_event_id FOREIGN KEY(event_id) REFERENCES events (id) ON DELETE CASCADE
);

CREATE INDEX ix_figures_article_id ON figures (article_id);

CREATE INDEX ix_figures_changed_at ON figures (changed_at);

CREATE INDEX ix_figures_event_id ON figures (event_id);

CREATE INDEX ix_figures_kind_day ON figures (kind, first_day DESC, id DESC);

CREATE INDEX ix_figures_place_id ON figures (place_id);

CREATE INDEX ix_figures_time_id ON figures (time_id);

ALTER TABLE articles ADD COLUMN search tsvector GENERATED ALWAYS AS (
  to_tsvector('english', left(coalesce(title, '') || ' ' || text, 400000))
) STORED;

CREATE INDEX ix_articles_search ON articles USING gin (search);

CREATE FUNCTION corrections_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'corrections are only ever added to';
END
$$;

CREATE TRIGGER corrections_kept BEFORE UPDATE OR DELETE ON corrections
  FOR EACH STATEMENT EXECUTE FUNCTION corrections_kept();

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
  (SELECT string_agg(n.name, ', ' ORDER BY p.position) FROM event_parties p JOIN entities n ON n.id = p.entity_id
   WHERE p.event_id = e.id AND p.side = 'actor') AS actors,
  e.span_text AS words,
  (SELECT string_agg(n.name, ', ' ORDER BY p.position) FROM event_parties p JOIN entities n ON n.id = p.entity_id
   WHERE p.event_id = e.id AND p.side = 'recipient') AS recipients,
  e.place, e.latitude, e.longitude,
  (SELECT string_agg(n.name, ', ' ORDER BY a.position) FROM attributions a JOIN statements s ON s.id = a.statement_id
   JOIN entities n ON n.id = s.speaker_id WHERE a.record_id = e.id) AS according_to,
  e.sentence_text AS sentence, r.title, r.publisher, r.published, r.url, e.review, e.article_id
FROM events e JOIN articles r ON r.id = e.article_id;

INSERT INTO clock (id, changed_at) VALUES (1, '1970-01-01T00:00:00.000000Z');
