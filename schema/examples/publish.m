function publish(id, confirm)
% Publishes a project: shows the question and what would become visible; publish(id, true) publishes exactly that.
%
%   setenv('STEMGRAPH_TOKEN', 'stemgraph_...'); publish('017f6364-6c00-8019-a855-39280f4ebde2')
%
% No test runs this file, unlike publish.ts and publish.py beside it, which send the same two requests.
if nargin < 2, confirm = false; end
look = send(id, false, '');
disp(look.message);
disp(rmfield(look.impact, {'digest', 'stillHidden'}));
if confirm
    done = send(id, true, look.impact.digest);
    disp(done.message);
end
end

function publication = send(id, confirm, digest)
counts = 'subjects procedures sessions epochs modules logs collections cohorts sharedSubjects sharedSessions';
query = ['mutation ($id: ID!, $confirm: Boolean!, $ifImpact: String) {' ...
    ' publishProject(id: $id, confirm: $confirm, ifImpact: $ifImpact) { message' ...
    ' impact { ' counts ' digest stillHidden { type name references paths } } } }'];
variables = struct('id', id, 'confirm', confirm);
if confirm, variables.ifImpact = digest; end
address = getenv('STEMGRAPH_URL');
if isempty(address), address = 'http://127.0.0.1:4000'; end
options = weboptions('MediaType', 'application/json', 'ContentType', 'json', 'RequestMethod', 'post', ...
    'HeaderFields', {'Authorization', ['Bearer ' getenv('STEMGRAPH_TOKEN')]});
answer = webwrite([address '/graphql'], struct('query', query, 'variables', variables), options);
if isfield(answer, 'errors')
    error('stemgraph:refused', '%s', answer.errors(1).message);
end
publication = answer.data.publishProject;
end
